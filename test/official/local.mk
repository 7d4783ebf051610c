# SPDX-License-Identifier: BSD-2-Clause
# The change requests (patches/) against our own modules, and against 3GPP's when the user has them.
TESTS += test/official/step.sh test/official.sh
EXTRA_DIST += test/official/step.sh test/official/step.py test/official/same.py test/official.sh
