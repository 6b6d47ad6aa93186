"""Lines of the national tables (*landelijke tabellen*): code and description, as far as the invented people go."""

MUNICIPALITIES = {
    "Almere": "0034",
    "Amsterdam": "0363",
    "Apeldoorn": "0200",
    "Arnhem": "0202",
    "Assen": "0106",
    "Breda": "0758",
    "Delft": "0503",
    "Den Helder": "0400",
    "Deventer": "0150",
    "Eindhoven": "0772",
    "Emmen": "0114",
    "Enschede": "0153",
    "Goes": "0664",
    "Groningen": "0014",
    "Haarlem": "0392",
    "Leeuwarden": "0080",
    "Leiden": "0546",
    "Maastricht": "0935",
    "Middelburg": "0687",
    "Nijmegen": "0268",
    "Rotterdam": "0599",
    "'s-Gravenhage": "0518",
    "Súdwest-Fryslân": "1900",
    "Tilburg": "0855",
    "Utrecht": "0344",
    "Venlo": "0983",
    "Zaanstad": "0479",
    "Zwolle": "0193",
}

COUNTRIES = {
    "België": "5010",
    "Canada": "5001",
    "Curaçao": "5107",
    "Duitsland": "6029",
    "Frankrijk": "5002",
    "Marokko": "5022",
    "Spanje": "6037",
    "Suriname": "5007",
    "Turkije": "6043",
    "Verenigde Staten van Amerika": "6014",
}

SUSPENSION_REASONS = {
    "O": "overlijden",
    "E": "emigratie",
    "M": "ministerieel besluit",
    "R": "pl is aangelegd in de rni",
    "F": "fout",
    "W": "wissen",
    ".": "onbekend",
}

GENDERS = {"M": "man", "V": "vrouw", "O": "onbekend"}

NAME_USES = {
    "E": "eigen geslachtsnaam",
    "P": "geslachtsnaam echtgenoot/geregistreerd partner",
    "V": "geslachtsnaam echtgenoot/geregistreerd partner voor eigen geslachtsnaam",
    "N": "geslachtsnaam echtgenoot/geregistreerd partner na eigen geslachtsnaam",
}
