using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Text;

namespace Connectors.Databricks.Emulator.Dialects;

/// <summary>Reasoning as the string <c>reasoning_content</c> next to <c>content</c> [kasal] [issue unity-gateway#215].</summary>
internal static class SiblingReasoning
{
    public static JsonObject With(JsonObject message, string? reasoning)
    {
        if (reasoning is not null)
        {
            message["reasoning_content"] = reasoning;
        }

        return message;
    }

    public static IEnumerable<Delta> Deltas(ChatAnswer answer) =>
        Pieces(answer.Reasoning, "reasoning_content").Concat(Pieces(answer.Text ?? answer.Refusal, "content"));

    private static IEnumerable<Delta> Pieces(string? text, string member) => text is null
        ? []
        : Tokenizer.Split(text).Select(piece => new Delta(new JsonObject { [member] = piece }, Tokenizer.Count(piece)));
}
