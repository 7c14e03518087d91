using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Chat.Completions.Inbound;

/// <summary>One item of a <c>tool_calls</c> array: a complete call, or a fragment of one.</summary>
internal sealed class ToolCallFragment
{
    public int? Index { get; init; }

    public string? Id { get; private set; }

    public string? Name { get; private set; }

    public byte[] Arguments { get; private set; } = [];

    /// <summary>The arguments, in place of <see cref="Arguments"/>, when they may begin or end with half of a surrogate pair.</summary>
    public string? SplitArguments { get; private set; }

    /// <summary>
    /// Members without a property in <see cref="Microsoft.Extensions.AI.FunctionCallContent"/>, which are sent back unchanged.
    /// </summary>
    public JsonObject? Extras { get; private set; }

    public bool HasId => Id is { Length: > 0 };

    public bool HasArguments => Arguments.Length > 0 || SplitArguments is { Length: > 0 };

    public bool HasName => Name is { Length: > 0 };

    /// <summary>Reads a fragment; the reader is positioned on its start.</summary>
    public static ToolCallFragment Read(ref Utf8JsonReader reader, ItemBudget items)
    {
        int? index = null;
        string? id = null;
        JsonObject? extras = null;
        var function = new ToolCallFragment();
        while (reader.NextProperty())
        {
            if (reader.ValueTextEquals("index"u8))
            {
                index = reader.NextIndex("tool call");
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                id = reader.NextScalarText();
            }
            else if (reader.ValueTextEquals("type"u8))
            {
                reader.Skip();
            }
            else if (reader.ValueTextEquals("function"u8))
            {
                if (reader.NextIsObject())
                {
                    function.ReadFunction(ref reader);
                }
            }
            else
            {
                items.Spend();
                var name = reader.GetString()!;
                reader.Read();
                (extras ??= [])[name] = JsonNode.Parse(ref reader);
            }
        }

        return new ToolCallFragment
        {
            Index = index,
            Id = id,
            Name = function.Name,
            Arguments = function.Arguments,
            SplitArguments = function.SplitArguments,
            Extras = extras,
        };
    }

    /// <summary>Reads name and arguments; the reader is positioned on the start of their object.</summary>
    public void ReadFunction(ref Utf8JsonReader reader)
    {
        while (reader.NextProperty())
        {
            if (reader.ValueTextEquals("name"u8))
            {
                Name = reader.NextString();
            }
            else if (reader.ValueTextEquals("arguments"u8))
            {
                reader.Read();
                ReadArguments(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    // A string that contains JSON, as documented; an object is accepted as well, and null is a fragment without text.
    private void ReadArguments(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String when !reader.ValueIsEscaped:
                Arguments = reader.ValueSpan.ToArray();
                break;
            case JsonTokenType.String when reader.MayBeSplit():
                SplitArguments = reader.GetText();
                break;
            case JsonTokenType.String:
                var text = new byte[reader.ValueSpan.Length];
                Arguments = text[..reader.CopyString(text)];
                break;
            case JsonTokenType.Null:
                Arguments = [];
                break;
            default:
                Arguments = Encoding.UTF8.GetBytes(JsonElement.ParseValue(ref reader).GetRawText());
                break;
        }
    }
}
