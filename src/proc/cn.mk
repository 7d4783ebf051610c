# SPDX-License-Identifier: BSD-2-Clause
# The core network and UE NAS machines.
