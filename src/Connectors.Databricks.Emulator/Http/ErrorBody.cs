using System.Text.Json.Nodes;

namespace Connectors.Databricks.Emulator.Http;

/// <summary>The standard error document (§10.2, shape 1).</summary>
internal static class ErrorBody
{
    public static JsonObject Create(string errorCode, string message) => new() { ["error_code"] = errorCode, ["message"] = message };
}
