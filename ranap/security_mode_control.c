/* SPDX-License-Identifier: BSD-2-Clause */
/* security_mode_control.c: Security Mode Control (TS 25.413 8.18). */
#include "ranap/values.h"

static const struct ie_row command_extensions[] = {
	RANAP_EXT_ENHANCED_SECURITY(SecurityModeCommand, security_mode_command),
	RANAP_EXT_UE_CAPABILITY(SecurityModeCommand, security_mode_command), IE_END
};
static const struct ie_row command[] = {
	RANAP_HERE(SecurityModeCommand, protocolIEs.integrityProtectionInformation, security_mode_command, integrity,
		   ie_record, .of = ranap_integrity),
	RANAP_MAY(SecurityModeCommand, protocolIEs.encryptionInformation, security_mode_command, encryption,
		  has_encryption, ie_record, .of = ranap_encryption),
	RANAP_HERE(SecurityModeCommand, protocolIEs.keyStatus, security_mode_command, key_new, ie_flag),
	RANAP_EXTENSIONS(SecurityModeCommand, command_extensions), IE_END
};
const struct ranap_message ranap_security_mode_command =
	RANAP_MESSAGE(InitiatingMessage, securityModeCommand, security_mode_command, command);

static const struct ie_row complete[] = {
	RANAP_HERE(SecurityModeComplete, protocolIEs.chosenIntegrityProtectionAlgorithm, security_mode_complete,
		   integrity_algorithm, ranap_uia),
	RANAP_MAY(SecurityModeComplete, protocolIEs.chosenEncryptionAlgorithm, security_mode_complete,
		  encryption_algorithm, has_encryption_algorithm, ie_number),
	RANAP_DIAGNOSTICS(SecurityModeComplete, security_mode_complete), IE_END
};
const struct ranap_message ranap_security_mode_complete =
	RANAP_MESSAGE(SuccessfulOutcome, securityModeComplete, security_mode_complete, complete);

static const struct ie_row reject[] = { RANAP_FAILURE(SecurityModeReject, failure), IE_END };
const struct ranap_message ranap_security_mode_reject =
	RANAP_MESSAGE(UnsuccessfulOutcome, securityModeReject, failure, reject);
