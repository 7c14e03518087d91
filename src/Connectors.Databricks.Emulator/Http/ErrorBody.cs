using System.Text.Json.Nodes;

namespace Connectors.Databricks.Emulator.Http;

/// <summary>The standard error document (§10.2, shape 1).</summary>
internal static class ErrorBody
{
    /// <summary>The code of a missing scope is a number, and the request id is in the text (unnamed public captures).</summary>
    public static BodyResponse MissingScope(string scope, bool saysInvalid = false) => ServerResponse.Json(403, new JsonObject
    {
        ["error_code"] = 403,
        ["message"] = saysInvalid
            ? $"Invalid scope, required scopes: {scope}"
            : $"Provided OAuth token does not have required scopes: {scope} [ReqId: 5f3b2c1a-0000-4000-8000-000000000403]",
    });

    public static JsonObject Create(string errorCode, string message) => new() { ["error_code"] = errorCode, ["message"] = message };
}
