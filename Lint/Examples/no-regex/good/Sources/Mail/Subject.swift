// A Regex such as /Re:/ has no place here.
let half = total / 2 / parts
let words = "/ADU-[0-9]+/ #/x/#"
let share = (
  first / second)
let paths = ["/meja/tiket/", "/lapor"]
