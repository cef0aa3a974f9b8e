"""Who a process has started, and whether one has ended."""
import threading


def children(pid):
    with open("/proc/%d/task/%d/children" % (pid, pid)) as file:
        return [int(child) for child in file.read().split()]


def gone(pid):
    """Ended, perhaps with nobody to have noticed."""
    try:
        with open("/proc/%d/stat" % pid) as file:
            return file.read().rsplit(")", 1)[1].split()[0] in "ZX"
    except OSError:
        return True


def wait_gone(pid, seconds=20):
    beat = threading.Event()
    for _ in range(seconds * 50):
        if gone(pid):
            return True
        beat.wait(0.02)
    return False
