module turnout

go 1.18
