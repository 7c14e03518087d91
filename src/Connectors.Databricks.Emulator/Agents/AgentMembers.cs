using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Agents;

/// <summary>Members that agents add to a response: custom outputs that echo the inputs, and the trace on request (§4.6, §8.2).</summary>
internal static class AgentMembers
{
    public static void AddTo(JsonObject body, ChatRequest request, RequestIds ids, ChatAnswer answer)
    {
        if (request.Body["custom_inputs"] is JsonNode custom)
        {
            body["custom_outputs"] = custom.DeepClone();
        }

        if (request.Body.Object("databricks_options")?.Flag("return_trace") is true)
        {
            body["databricks_output"] = Trace(ids, answer);
        }
    }

    // Unconfirmed: what is in "data", and the status.
    private static JsonObject Trace(RequestIds ids, ChatAnswer answer) => new()
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
