# SPDX-License-Identifier: GPL-2.0
#
# What the sources say of the routines that they export. For each a line
# "NAME<TAB>FILE<TAB>IRQL<TAB>BODY": the IRQL is the first sentence behind "IRQL:" in
# its kernel-doc, in one form; or in that of a comment of the file that says "as for
# all here". BODY is what stands between its braces.

function irql(text,   level, windows) {
	if (!match(text, /IRQL: /))
		return ""
	text = substr(text, RSTART + 6)
	level = level_of(text)
	if (match(text, /^[^.]*\(Windows: /)) {
		windows = level_of(substr(text, RLENGTH + 1))
		return windows == level ? level : windows " (here " level ")"
	}
	if (match(text, /^[^.;]*\(here /))
		return level " (here " level_of(substr(text, RLENGTH + 1)) ")"
	return level
}

function level_of(text) {
	if (match(text, /^any/))
		return "any"
	if (match(text, /^(<=? |>= )?((PASSIVE|APC|DISPATCH|SYNCH|IPI|HIGH)_LEVEL|DIRQL)/))
		return substr(text, 1, RLENGTH)
	return "?"
}

FNR == 1 { for_all = ""; comment = ""; inside = 0; delete irql_of }

/^\/\*/ { inside = 1; comment = ""; kerneldoc = /^\/\*\*$/; name = "" }
inside {
	line = $0
	sub(/^\/?\*+/, "", line); sub(/^ \*/, "", line); sub(/ *\*\/.*$/, "", line)
	if (kerneldoc && name == "" && match(line, /^ [A-Za-z_0-9]+/))
		name = substr(line, 2, RLENGTH - 1)
	comment = comment line
	if (/\*\//) {
		inside = 0
		gsub(/[ \t]+/, " ", comment)
		if (name != "") irql_of[name] = irql(comment)
		if (comment ~ /as for all here/) for_all = irql(comment)
	}
	next
}

/^\{/ { body = ""; next }
/^\}/ { next }
/^EXPORT_SYMBOL[A-Z_]*\(/ {
	match($0, /\([A-Za-z_0-9]+/)
	name = substr($0, RSTART + 1, RLENGTH - 1)
	gsub(/[ \t]+/, " ", body)
	print name "\t" FILENAME "\t" (irql_of[name] != "" ? irql_of[name] : for_all) "\t" body
	next
}
{ body = body " " $0 }
