module turnout/vectors

go 1.22
