// Sends the form of this page at once. Without this file there is its button.
"use strict";
document.getElementById("verder").submit();
