using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Management;

/// <summary>Applies telemetry configurations as the test server of the Databricks CLI does (appendix C) [cli].</summary>
internal static class TelemetryReader
{
    /// <returns>The kind of endpoint that takes none; null when it takes one.</returns>
    public static string? Unsupported(EndpointState state) =>
        state.Shown is not EndpointConfig config ? "NO_CONFIG"
            : config.Entities.Any(entity => entity.Kind != EntityKind.External) ? null : "EXTERNAL_MODELS";

    /// <summary>Table names are write-only: they create a profile, which is returned.</summary>
    public static JsonObject? Apply(JsonObject? before, JsonObject? config, Guid profile)
    {
        if (config is null)
        {
            return null;
        }

        var tables = config.Object("table_names");
        var given = config.Text("telemetry_profile_id");
        if (tables is null && given is null)
        {
            return before;
        }

        var applied = new JsonObject { ["telemetry_profile_id"] = given ?? profile.ToString() };
        if (config.Object("inference_table_config") is JsonObject table)
        {
            var kept = (JsonObject)table.DeepClone();
            if (tables is not null)
            {
                kept["name"] = tables.Text("logs_table") + "_payload";
            }

            applied["inference_table_config"] = kept;
        }

        return applied;
    }
}
