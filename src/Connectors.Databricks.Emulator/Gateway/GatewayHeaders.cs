using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.Gateway;

/// <summary>
/// The headers of a gateway response (unnamed public captures); <c>x-request-id</c> is on every response of the workspace. Unconfirmed: the
/// content of <c>server-timing</c>.
/// </summary>
internal static class GatewayHeaders
{
    public static void Write(IHeaderDictionary headers, RequestIds ids)
    {
        headers["traceresponse"] = $"00-{ids.Hex(5)}-{ids.Hex(6, 16)}-01";
        headers["server-timing"] = "gateway;dur=1";
    }
}
