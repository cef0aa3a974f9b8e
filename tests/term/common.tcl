# common.tcl: what every terminal test begins with: a small world of its own, a terminal of 80 columns, and words that
# wait for what should appear and say what was missing.
set timeout 20
log_user 0
set stty_init "rows 24 columns 80"
set env(TERM) xterm
catch {unset env(COLUMNS)}
catch {unset env(LINES)}
exec sh -c {rm -rf world && mkdir world && cd world && . "$TOP/tests/world/enter"}
set rehearse [pwd]/world/bin/rehearse
set seen ""

proc failed {what} {
	global seen expect_out
	puts "$what\n--- after:\n$seen"
	catch {puts "--- got:\n$expect_out(buffer)"}
	exit 1
}

# Starts the program (or another) on a new terminal.
proc start {args} {
	global spawn_id spawn_out rehearse seen
	set seen ""
	eval spawn -noecho $args
}

proc play {args} {
	global spawn_id spawn_out rehearse seen
	set seen ""
	eval spawn -noecho $rehearse play hands --seed 1 $args
}

# Waits for text to appear, beyond what was waited for before.
proc want {text} {
	global spawn_id seen expect_out
	expect {
		-ex $text { append seen $expect_out(buffer) }
		timeout { failed "waited in vain for: $text" }
		eof { failed "ended before: $text" }
	}
}

# Waits for text; fails when the other appears first.
proc want_not {text other} {
	global spawn_id seen expect_out
	expect {
		-ex $other { append seen $expect_out(buffer); failed "did not want: $other" }
		-ex $text { append seen $expect_out(buffer) }
		timeout { failed "waited in vain for: $text" }
		eof { failed "ended before: $text" }
	}
}

proc you {} { want "you> " }
proc type {text} { send -- "$text\r" }

# Waits for the end and its exit status.
proc ends {status} {
	global spawn_id seen expect_out
	expect {
		eof { catch {append seen $expect_out(buffer)} }
		timeout { failed "did not end" }
	}
	set result [wait]
	if {[lindex $result 4] ne "CHILDKILLED" && [lindex $result 3] != $status} {
		failed "exit status [lindex $result 3], not $status"
	}
}
