using System.Text;
using System.Text.Json;

namespace Connectors.Databricks.Tests.Chat.Fuzz;

/// <summary>A plain second reader of a message or a delta, for comparison with the reader of the connector.</summary>
internal static class PlainMessageModel
{
    public static void Read(JsonElement message, (StringBuilder Text, StringBuilder Reasoning) said)
    {
        foreach (var member in message.EnumerateObject())
        {
            if (PlainStreamModel.Name(member) == "content")
            {
                ReadContent(member.Value, said);
            }
            else if (PlainStreamModel.Name(member) == "reasoning_content" && member.Value.ValueKind == JsonValueKind.String)
            {
                said.Reasoning.Append(member.Value.GetString());
            }
        }
    }

    private static void ReadContent(JsonElement content, (StringBuilder Text, StringBuilder Reasoning) said)
    {
        switch (content.ValueKind)
        {
            case JsonValueKind.String:
                said.Text.Append(content.GetString());
                break;
            case JsonValueKind.Array:
                foreach (var part in content.EnumerateArray())
                {
                    if (part.ValueKind is JsonValueKind.String or JsonValueKind.Object)
                    {
                        ReadContent(part, said);
                    }
                }

                break;
            case JsonValueKind.Object:
                ReadPart(content, said);
                break;
        }
    }

    private static void ReadPart(JsonElement part, (StringBuilder Text, StringBuilder Reasoning) said)
    {
        // The first type counts, and the last text.
        var type = part.EnumerateObject().FirstOrDefault(member => PlainStreamModel.Name(member) == "type").Value;
        switch (type.ValueKind == JsonValueKind.String ? type.GetString() : null)
        {
            case "text" or "output_text":
                said.Text.Append(LastText(part, "text"));
                break;
            case "reasoning":
                foreach (var summary in part.EnumerateObject()
                    .Where(member => PlainStreamModel.Name(member) == "summary" && member.Value.ValueKind == JsonValueKind.Array))
                {
                    foreach (var item in summary.Value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object))
                    {
                        said.Reasoning.Append(LastText(item, "data") is null ? LastText(item, "text") : null);
                    }
                }

                break;
        }
    }

    private static string? LastText(JsonElement item, string name)
    {
        string? text = null;
        foreach (var member in item.EnumerateObject().Where(member => PlainStreamModel.Name(member) == name))
        {
            text = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : null;
        }

        return text;
    }
}
