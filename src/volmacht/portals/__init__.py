"""Pages for people: one package per group of journeys, each written on `operations` and
`queries` of the domain apps."""
