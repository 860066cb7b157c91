# SPDX-License-Identifier: LGPL-2.1-or-later
"""What tools/conformance and tools/bisect share: running winetest-style programs and judging what they print."""
