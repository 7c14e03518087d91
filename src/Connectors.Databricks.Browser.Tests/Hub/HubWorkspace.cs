using System.Text.Json.Nodes;
using Connectors.Databricks.AspNetCore.Tests.ModelHub;

namespace Connectors.Databricks.Browser.Tests.Hub;

/// <summary>Workspaces for the page of the hub.</summary>
internal static class HubWorkspace
{
    private static readonly string[] Models =
        ["claude-sonnet-4-5", "gpt-oss-120b", "meta-llama-3-3-70b-instruct", "gte-large-en", "gemini-2-5-pro"];

    /// <summary>A text that would run, or break out of an element or an attribute, if it were markup.</summary>
    public const string Hostile = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script>&lt;b&gt;{{constructor}}\u202E";

    public static EndpointProfile Endpoint(
        string name, string model = "claude-sonnet-4-5", string ready = "READY", string? creator = null, string? description = null,
        string? tag = null) =>
        DatabricksModelFactory.EndpointProfile(new JsonObject
        {
            ["name"] = name,
            ["creator"] = creator,
            ["description"] = description,
            ["creation_timestamp"] = 1_767_323_045_000,
            ["state"] = new JsonObject { ["ready"] = ready, ["config_update"] = "NOT_UPDATING" },
            ["task"] = model.StartsWith("gte", StringComparison.Ordinal) ? "llm/v1/embeddings" : "llm/v1/chat",
            ["tags"] = tag is null ? null : new JsonArray(new JsonObject { ["key"] = tag, ["value"] = tag }),
            ["config"] = new JsonObject
            {
                ["served_entities"] = new JsonArray(new JsonObject
                {
                    ["name"] = name,
                    ["foundation_model"] = new JsonObject { ["name"] = $"system.ai.{model}" },
                }),
            },
        }.ToJsonString());

    public static ScriptedDirectory Of(params EndpointProfile[] profiles) => new ScriptedDirectory().Lists(profiles);

    public static ScriptedDirectory OfMany(int count) => Of(
    [
        .. Enumerable.Range(0, count).Select(index => Endpoint(
            $"endpoint-{index:0000}", Models[index % Models.Length], index % 9 == 0 ? "NOT_READY" : "READY",
            $"team-{index % 7}@example.com", $"Endpoint number {index} of a large workspace", $"project-{index % 20}")),
    ]);
}
