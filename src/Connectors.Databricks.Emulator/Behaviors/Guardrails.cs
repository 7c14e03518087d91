using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Behaviors;

/// <summary>The body of a guardrail block: a document inside the <c>message</c> string (§4.7) (unnamed public capture).</summary>
/// <remarks>Unconfirmed: the block of a response, the categories of a safety finding, and the form of an anonymized text.</remarks>
internal static class Guardrails
{
    public static JsonObject Body(ChatRequest request, bool onOutput, bool pii)
    {
        var side = onOutput ? "output_guardrail" : "input_guardrail";
        var finding = new JsonObject
        {
            ["flagged"] = true,
            ["categories"] = pii ? null : new JsonObject { ["violent-crimes"] = true },
            ["category_scores"] = null,
            ["pii_detection"] = pii,
        };
        if (pii)
        {
            finding["anonymized_input"] = new JsonArray([.. request.Turns
                .Where(turn => turn.Role == "user")
                .Select(turn => (JsonNode)Anonymized(turn.Text))]);
        }

        var document = new JsonObject
        {
            ["usage"] = new JsonObject { ["prompt_tokens"] = 0, ["total_tokens"] = 0 },
            [side] = new JsonArray(finding),
            ["finishReason"] = $"{side}_triggered",
        };
        return ErrorBody.Create("BAD_REQUEST", CompactJson.Write(document));
    }

    private static string Anonymized(string text) =>
        string.Join(' ', text.Split(' ').Select(word => word.Contains('@') ? "<EMAIL_ADDRESS>" : word));
}
