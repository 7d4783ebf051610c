/* SPDX-License-Identifier: BSD-2-Clause */
/* containing.c: the strings that contain an encoding: by CONTAINING in the module, or only by the text of a
 * specification. */
#include <string.h>

#include <asn_application.h>

#include "asn1/text/containing.h"

struct container {
	const char *protocol, *owner, *type, *member; /* NULL: any */
	const char *inner_protocol, *inner;
	bool perhaps; /* may have other contents too */
};

/* TS 25.413 9.2.1.28, 9.2.1.30 and TS 25.423: contents defined only by the text. */
static const struct container in_words[] = {
	{ "RANAP", "SourceRNC-ToTargetRNC-TransparentContainer", "RRC-Container", NULL, "RRC", "ToTargetRNC-Container",
	  false },
	{ "RANAP", "TargetRNC-ToSourceRNC-TransparentContainer", "RRC-Container", NULL, "RRC",
	  "TargetRNC-ToSourceRNC-Container", false },
	{ "RANAP", NULL, "Source-ToTarget-TransparentContainer", NULL, "RANAP",
	  "SourceRNC-ToTargetRNC-TransparentContainer", false },
	{ "RANAP", NULL, "Target-ToSource-TransparentContainer", NULL, "RANAP",
	  "TargetRNC-ToSourceRNC-TransparentContainer", false },
	{ "RNSAP", NULL, "RANAP-EnhancedRelocationInformationRequest", NULL, "RANAP", "RANAP-PDU", false },
	{ "RNSAP", NULL, "RANAP-EnhancedRelocationInformationResponse", NULL, "RANAP", "RANAP-PDU", false },
	{ "RRC", "TargetRNC-ToSourceRNC-Container", NULL, "dL-DCCHmessage", "RRC", "DL-DCCH-Message", false },
	/* TS 25.423 9.2.1.32 is layer 3 of the radio; the procedure determines its channel */
	{ "RNSAP", "EnhancedRelocationSignallingTransfer-IEs", "L3-Information", NULL, "RRC", "DL-DCCH-Message", true },
	{ "RNSAP", "EnhancedRelocationResourceResponse-IEs", "L3-Information", NULL, "RRC", "DL-DCCH-Message", true },
	{ "RNSAP", "UplinkSignallingTransferIndicationFDD-IEs", "L3-Information", NULL, "RRC", "UL-CCCH-Message",
	  true },
	{ "RNSAP", "UplinkSignallingTransferIndicationTDD-IEs", "L3-Information", NULL, "RRC", "UL-CCCH-Message",
	  true },
	{ "RNSAP", "DownlinkSignallingTransferRequest-IEs", "L3-Information", NULL, "RRC", "DL-CCCH-Message", true },
};

static bool fits(const char *wanted, const char *is)
{
	return !wanted || (is && strcmp(wanted, is) == 0);
}

/* True if the note's path ends with this member, or its named type has this name. A path of one member is that of a
 * named type, whose name must be owner's. */
static bool noted(const struct per_table_note *note, const char *protocol, const char *owner, const char *type,
		  const char *member)
{
	const char *last = strrchr(note->path, '.');
	const char *name = note->descriptor->name;
	size_t n = strlen(protocol);

	if (note->kind != PER_NOTE_CONTAINING || strncmp(name, protocol, n) != 0 || name[n] != '-')
		return false;
	if (*note->path == '\0')
		return type && strcmp(type, name + n + 1) == 0;
	if (!last && owner && strcmp(owner, name + n + 1) != 0)
		return false;
	return !type && member && strcmp(member, last ? last + 1 : note->path) == 0;
}

static const struct container *worded(const char *protocol, const char *owner, const char *type, const char *member)
{
	unsigned i;

	for (i = 0; i < sizeof(in_words) / sizeof(in_words[0]); i++) {
		const struct container *c = &in_words[i];

		if (fits(c->protocol, protocol) && fits(c->owner, owner) && fits(c->type, type) &&
		    fits(c->member, member))
			return c;
	}
	return NULL;
}

bool containing_perhaps(const char *protocol, const char *owner, const char *type, const char *member)
{
	const struct container *c = worded(protocol, owner, type, member);

	return c && c->perhaps;
}

const struct iuplus_asn1_type *containing_type(const char *protocol, const char *owner, const char *type,
					       const char *member)
{
	const struct container *c = worded(protocol, owner, type, member);
	const struct per_tables *const *t;
	unsigned i;

	if (c)
		return iuplus_asn1_find(c->inner_protocol, c->inner);
	for (t = per_all_tables; *t; t++) {
		for (i = 0; i < (*t)->note_count; i++) {
			if (noted(&(*t)->notes[i], protocol, owner, type, member))
				return iuplus_asn1_find(protocol, (*t)->notes[i].name);
		}
	}
	return NULL;
}

const struct iuplus_asn1_type *containing_direct(const char *protocol, const char *member)
{
	return iuplus_asn1_find(protocol, strncmp(member, "source", 6) == 0 ?
						  "SourceRNC-ToTargetRNC-TransparentContainer" :
						  "TargetRNC-ToSourceRNC-TransparentContainer");
}

enum iuplus_asn1_rules containing_rules(const struct iuplus_asn1_type *type)
{
	return strcmp(type->protocol, "RRC") == 0 ? IUPLUS_ASN1_UPER : IUPLUS_ASN1_APER;
}
