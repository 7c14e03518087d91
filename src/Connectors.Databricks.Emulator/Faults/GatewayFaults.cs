using System.Text;
using Connectors.Databricks.Emulator.Behaviors;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.Faults;

/// <summary>Responses of a gateway in front of the endpoint, which does not receive the request.</summary>
internal static class GatewayFaults
{
    /// <summary>A host that cannot exist (RFC 2606), so that redirects fail.</summary>
    private const string Elsewhere = "http://elsewhere.invalid/login.html";

    public static BodyResponse? Answer(EmulatedFault? fault) => fault switch
    {
        EmulatedFault.Throttled => ServerResponse.Error(429, "REQUEST_LIMIT_EXCEEDED", FailureMessages.For("REQUEST_LIMIT_EXCEEDED")) with
        {
            Headers = Header("retry-after", "1"),
        },
        EmulatedFault.Overloaded => new BodyResponse(503, "text/plain", []),
        EmulatedFault.BadGateway => Page(502, "Bad Gateway"),
        EmulatedFault.GatewayTimeout => Page(504, "Gateway Time-out"),
        EmulatedFault.Redirect => new BodyResponse(302, "text/html", []) { Headers = Header("location", Elsewhere) },
        _ => null,
    };

    private static BodyResponse Page(int status, string reason) => new(status, "text/html", Encoding.UTF8.GetBytes(
        $"<html>\r\n<head><title>{status} {reason}</title></head>\r\n<body><center><h1>{status} {reason}</h1></center></body>\r\n</html>"));

    private static Dictionary<string, string> Header(string name, string value) => new() { [name] = value };
}
