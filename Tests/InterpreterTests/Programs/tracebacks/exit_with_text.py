print("before")
import sys
print("err", file=sys.stderr)
sys.exit("goodbye")
