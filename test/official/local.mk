# SPDX-License-Identifier: BSD-2-Clause
# The change requests (patches/) compared with this project's modules, and applied to 3GPP's if the user has them.
ONCE_TESTS += test/official/step.sh test/official.sh
EXTRA_DIST += test/official/step.sh test/official/step.py test/official/same.py test/official.sh
