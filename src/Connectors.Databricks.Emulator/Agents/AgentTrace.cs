using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Conversation;

namespace Connectors.Databricks.Emulator.Agents;

/// <summary>The trace an agent adds when <c>databricks_options.return_trace</c> asks for it (§4.6).</summary>
internal static class AgentTrace
{
    public static JsonObject Of(Ids ids, ChatAnswer answer) => new()
    {
        ["databricks_request_id"] = ids.RequestId,
        ["trace"] = new JsonObject
        {
            ["info"] = new JsonObject { ["trace_id"] = $"tr-{ids.Hex(3)}", ["status"] = "OK" },
            ["data"] = new JsonObject
            {
                ["spans"] = new JsonArray(new JsonObject
                {
                    ["name"] = "predict",
                    ["attributes"] = new JsonObject { ["outputs"] = answer.Text },
                }),
            },
        },
    };
}
