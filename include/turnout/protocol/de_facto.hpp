// Protocols that no RFC defines, as their programs speak them: docs/atlas.md has their heads.
// Docker's and Kubernetes' have headers of their own.
#pragma once

#include "turnout/version.hpp"

#include "turnout/protocol/de_facto/lxd.hpp"
#include "turnout/protocol/de_facto/proxmox.hpp"
#include "turnout/protocol/de_facto/proxyguard.hpp"
#include "turnout/protocol/de_facto/remote_desktop.hpp"
#include "turnout/protocol/de_facto/remoting.hpp"
#include "turnout/protocol/de_facto/reversed.hpp"
#include "turnout/protocol/de_facto/tailscale.hpp"
#include "turnout/protocol/de_facto/teleport.hpp"
