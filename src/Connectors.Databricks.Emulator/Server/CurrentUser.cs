using System.Text.Json.Nodes;

namespace Connectors.Databricks.Emulator.Server;

/// <summary>The owner of a token, as <c>GET /api/2.0/preview/scim/v2/Me</c> describes it. Unconfirmed: the id.</summary>
internal static class CurrentUser
{
    public static JsonObject Describe(string caller)
    {
        var isUser = caller.Contains('@', StringComparison.Ordinal);
        var json = new JsonObject
        {
            ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:User"),
            ["id"] = isUser ? "1000000000000001" : "1000000000000002",
            ["userName"] = caller,
            ["displayName"] = isUser ? "Emulator User" : caller,
            ["active"] = true,
        };
        if (isUser)
        {
            json["emails"] = new JsonArray(new JsonObject { ["type"] = "work", ["value"] = caller, ["primary"] = true });
        }

        return json;
    }
}
