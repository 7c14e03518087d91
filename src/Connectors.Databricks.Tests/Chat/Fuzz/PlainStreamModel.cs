using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Connectors.Databricks.Tests.Chat.Fuzz;

/// <summary>
/// A second reader of chat streams, as plain as can be: whole text, lines, documents. It knows what a stream says, and whether it is
/// whole, and shares no code with the product.
/// </summary>
internal sealed class PlainStreamModel
{
    private readonly SortedDictionary<int, (StringBuilder Text, StringBuilder Reasoning)> _said = [];
    private readonly Dictionary<int, string?> _finishReasons = [];
    private readonly SortedDictionary<string, long> _usage = new(StringComparer.Ordinal);
    private bool _hasAgentMessages;
    private bool _isAgentFinished;

    /// <summary>What the stream says, or null when it must fail.</summary>
    public static StreamSummary? Read(byte[] stream)
    {
        try
        {
            return new PlainStreamModel().ReadWhole(stream);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or InvalidDataException)
        {
            return null;
        }
    }

    private StreamSummary ReadWhole(byte[] stream)
    {
        var isDone = Events(stream).Any(IsEndMarker);
        var isWhole = isDone || (_finishReasons.Count > 0 && _finishReasons.Values.All(reason => reason is not null))
            || (_hasAgentMessages && _isAgentFinished);
        if (!isWhole || (_finishReasons.Count == 0 && !_hasAgentMessages))
        {
            throw new InvalidDataException("The stream is not whole.");
        }

        return new StreamSummary(
            string.Concat(_said.Values.Select(said => said.Text)), string.Concat(_said.Values.Select(said => said.Reasoning)),
            string.Join(";", _usage.Select(pair => $"{pair.Key}={pair.Value}")));
    }

    // Latin-1 keeps each byte a character, so that cutting lines cannot corrupt UTF-8.
    internal static IEnumerable<StreamEvent> Events(byte[] stream)
    {
        var text = Encoding.Latin1.GetString(stream);
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
        List<string> data = [];
        string? name = null;
        for (var i = 0; i <= lines.Length; i++)
        {
            var line = i < lines.Length ? lines[i] : string.Empty;
            if (line.Length == 0)
            {
                if (data.Count > 0)
                {
                    // What follows the last line end is no line, so no blank one either.
                    yield return new StreamEvent(
                        Encoding.Latin1.GetBytes(string.Join('\n', data)), name is not (null or "" or "message"), name == "error",
                        i >= lines.Length - 1, name);
                }

                data = [];
                name = null;
            }
            else if (line == "data" || line.StartsWith("data:", StringComparison.Ordinal))
            {
                var value = line == "data" ? string.Empty : line[5..];
                data.Add(value.StartsWith(' ') ? value[1..] : value);
            }
            else if (line.StartsWith("event:", StringComparison.Ordinal))
            {
                name = line[6..].Trim(' ');
            }
        }
    }

    internal sealed record StreamEvent(byte[] Data, bool IsNamed, bool IsError, bool IsPartial, string? Name);

    private bool IsEndMarker(StreamEvent item)
    {
        if (Encoding.Latin1.GetString(item.Data).Trim(' ') == "[DONE]")
        {
            return true;
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(item.Data);
        }
        catch (JsonException) when (item is { IsNamed: true, IsError: false } or { IsPartial: true })
        {
            // Of another kind, or half an event: whether the stream is whole without it is decided at its end.
            return false;
        }

        using (document)
        {
            if (item.IsError || !System.Text.Unicode.Utf8.IsValid(item.Data))
            {
                throw new InvalidDataException("An error event, or bytes that are no text.");
            }

            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                ReadDocument(document.RootElement);
            }
        }

        return false;
    }

    // Half a surrogate in a name is no reason to fail: such a member is not read.
    internal static string Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return string.Empty;
        }
    }

    private void ReadDocument(JsonElement root)
    {
        foreach (var member in root.EnumerateObject())
        {
            var value = member.Value;
            switch (Name(member))
            {
                case "error" or "error_code" when value.ValueKind != JsonValueKind.Null:
                case "type" when value.ValueKind == JsonValueKind.String && value.GetString() is "error" or "response.error":
                    throw new InvalidDataException("An error object.");
                case "choices" when value.ValueKind == JsonValueKind.Array:
                    ReadChoices(value);
                    break;
                case "usage" when value.ValueKind == JsonValueKind.Object:
                    ReadUsage(value);
                    break;
                case "delta" when value.ValueKind == JsonValueKind.Object:
                    _hasAgentMessages = true;
                    PlainMessageModel.Read(value, Said(0));
                    break;
                case "finish_reason" when value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString()):
                    _isAgentFinished = true;
                    break;
            }
        }
    }

    private void ReadChoices(JsonElement choices)
    {
        var position = -1;
        foreach (var choice in choices.EnumerateArray())
        {
            position++;
            if (choice.ValueKind != JsonValueKind.Object)
            {
                continue;
            }

            int? index = null;
            string? reason = null;
            List<JsonElement> waiting = [];
            foreach (var member in choice.EnumerateObject())
            {
                if (Name(member) == "index")
                {
                    index = member.Value.ValueKind switch
                    {
                        JsonValueKind.Null => position,
                        JsonValueKind.Number when member.Value.GetDouble() is >= 0 and <= int.MaxValue and var given
                            && given == Math.Floor(given) => (int)given,
                        JsonValueKind.String when int.TryParse(
                            member.Value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var textual) => textual,
                        _ => throw new InvalidDataException("An index that is no integer."),
                    };
                }
                else if (Name(member) is "delta" or "message" && member.Value.ValueKind == JsonValueKind.Object)
                {
                    // Whose delta it is may be said behind it.
                    if (index is null)
                    {
                        waiting.Add(member.Value);
                    }
                    else
                    {
                        PlainMessageModel.Read(member.Value, Said(index.Value));
                    }
                }
                else if (Name(member) == "finish_reason" && member.Value.ValueKind == JsonValueKind.String)
                {
                    reason = member.Value.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
                }
            }

            var owner = index ?? position;
            waiting.ForEach(delta => PlainMessageModel.Read(delta, Said(owner)));
            _finishReasons[owner] = reason ?? _finishReasons.GetValueOrDefault(owner);
        }
    }

    private (StringBuilder Text, StringBuilder Reasoning) Said(int choice)
    {
        if (!_said.TryGetValue(choice, out var said))
        {
            _said[choice] = said = (new StringBuilder(), new StringBuilder());
        }

        return said;
    }

    private void ReadUsage(JsonElement usage)
    {
        foreach (var member in usage.EnumerateObject())
        {
            if (Name(member) is "prompt_tokens" or "completion_tokens" && Count(member.Value) is { } count)
            {
                _usage[Name(member)] = count;
            }
        }
    }

    // 1e4 is a count like any other.
    private static long? Count(JsonElement value) => value.ValueKind != JsonValueKind.Number ? null
        : value.TryGetInt64(out var whole) ? whole
        : value.GetDouble() is >= long.MinValue and < long.MaxValue and var real ? (long)real : null;
}
