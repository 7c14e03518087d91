using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Inbound;

/// <summary>
/// Joins the fragments of tool calls, by index, else by id, else to the last open call, and gives each call out once it is complete.
/// Every deviation of serving reference §5.5 passes through here.
/// </summary>
/// <param name="maxArgumentBytes">How much of one call is taken in.</param>
/// <param name="origin">The endpoint that calls.</param>
internal sealed class ToolCallAssembler(int maxArgumentBytes, string origin)
{
    private readonly List<OpenCall> _calls = [];

    public bool HasCalls => _calls.Count > 0;

    /// <summary>Reads an array of calls or of fragments; the reader stands on its property name.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        if (!reader.NextIsArray())
        {
            return;
        }

        while (reader.NextItem())
        {
            if (reader.IsOrSkip(JsonTokenType.StartObject))
            {
                Join(ToolCallFragment.Read(ref reader));
            }
        }
    }

    /// <summary>Reads the single call of OpenAI's older dialect; the reader stands on its property name.</summary>
    public void ReadLegacy(ref Utf8JsonReader reader)
    {
        var fragment = new ToolCallFragment { Index = 0 };
        if (reader.NextIsObject())
        {
            fragment.ReadFunction(ref reader);
            Join(fragment);
        }
    }

    private void Join(ToolCallFragment fragment)
    {
        var call = Find(fragment);
        if (call is null)
        {
            call = new OpenCall(maxArgumentBytes) { Index = fragment.Index };
            _calls.Add(call);
        }

        call.Take(fragment);
    }

    private OpenCall? Find(ToolCallFragment fragment)
    {
        if (fragment.Index is { } index)
        {
            var call = Last(index) ?? Unnumbered(fragment);

            // Some backends number every parallel call 0: another id together with a name is another call.
            return call is not null && fragment.HasName && fragment.HasId && call.Id is { Length: > 0 } id &&
                (id != fragment.Id || call.IsFollowedBy(fragment)) ? null : call;
        }

        if (fragment.HasId)
        {
            var call = Last(fragment.Id);
            return call is not null && call.IsFollowedBy(fragment) ? null : call;
        }

        var last = _calls.Count > 0 ? _calls[^1] : null;

        // Without index and id a name opens a call, unless the last one still waits for its own.
        return last is not null && fragment.HasName && last.Name is not null && last.IsComplete ? null : last;
    }

    // No lambdas: they would cost an object for each fragment.
    private OpenCall? Last(int index)
    {
        var i = _calls.Count - 1;
        while (i >= 0 && _calls[i].Index != index)
        {
            i--;
        }

        return i < 0 ? null : _calls[i];
    }

    private OpenCall? Last(string? id)
    {
        var i = _calls.Count - 1;
        while (i >= 0 && _calls[i].Id != id)
        {
            i--;
        }

        return i < 0 ? null : _calls[i];
    }

    // A call that was opened without an index, and goes on with one: the fragment names neither id nor function.
    private OpenCall? Unnumbered(ToolCallFragment fragment)
    {
        if (fragment.HasId || fragment.HasName || _calls is not [.., { Index: null } last])
        {
            return null;
        }

        last.Index = fragment.Index;
        return last;
    }

    /// <summary>Gives out every call that was joined since the last time.</summary>
    /// <param name="contents">Where the calls go.</param>
    /// <param name="idPrefix">Starts the ids of calls that came without one.</param>
    /// <exception cref="JsonException">A call came without a function name.</exception>
    public void Complete(List<AIContent> contents, string? idPrefix)
    {
        for (var i = 0; i < _calls.Count; i++)
        {
            contents.Add(_calls[i].ToContent(idPrefix, i, origin));
        }

        _calls.Clear();
    }

    private sealed class OpenCall(int maxArgumentBytes)
    {
        private readonly ArrayBufferWriter<byte> _arguments = new();
        private JsonObject? _extras;

        public int? Index { get; set; }

        public string? Id { get; private set; }

        public string? Name { get; private set; }

        /// <summary>Whether the arguments so far are one whole JSON object.</summary>
        public bool IsComplete => TryParse(_arguments.WrittenSpan, out _, out _);

        /// <summary>
        /// Whether a fragment with this call's id opens another call: some backends give all calls of an answer one id. Its name and its
        /// arguments come behind whole arguments; Claude's placeholder <c>{}</c> is none.
        /// </summary>
        public bool IsFollowedBy(ToolCallFragment fragment) =>
            fragment.HasName && fragment.Arguments.Length > 0 && Name is not null && _arguments.WrittenCount > 2 && IsComplete;

        public void Take(ToolCallFragment fragment)
        {
            Id = fragment.HasId ? fragment.Id : Id;
            Name = fragment.HasName ? fragment.Name : Name;
            if (fragment.Arguments.Length > maxArgumentBytes - _arguments.WrittenCount)
            {
                throw new BoundExceededException(nameof(DatabricksResponseLimits.MaxToolArgumentBytes), maxArgumentBytes);
            }

            _arguments.Write(fragment.Arguments);
            if (fragment.Extras is { } extras)
            {
                _extras ??= [];
                foreach (var (name, value) in extras)
                {
                    _extras[name] = value?.DeepClone();
                }
            }
        }

        public FunctionCallContent ToContent(string? idPrefix, int position, string origin)
        {
            var name = Name ?? throw new JsonException("A tool call came without a function name.");
            var id = Id ?? (idPrefix is null ? $"call_{Guid.NewGuid():N}" : $"{idPrefix}-call-{position}");
            var text = WithoutPlaceholder(_arguments.WrittenSpan);
            var content = TryParse(text, out var arguments, out var failure)
                ? new FunctionCallContent(id, name, arguments)
                : new FunctionCallContent(id, name)
                {
                    Exception = failure,
                    AdditionalProperties = new() { [DatabricksPropertyNames.RawArguments] = Encoding.UTF8.GetString(text) },
                };
            if (_extras is not null)
            {
                (content.AdditionalProperties ??= [])[DatabricksPropertyNames.ToolCallExtras] = Element(_extras);
                content.AdditionalProperties[DatabricksPropertyNames.ToolCallOrigin] = origin;
            }

            return content;
        }

        private static JsonElement Element(JsonObject extras)
        {
            using var document = JsonDocument.Parse(extras.ToJsonString());
            return document.RootElement.Clone();
        }

        // Claude opens a call with the placeholder "{}" and sends the real object behind it ([issue BerriAI/litellm#4537]).
        private static ReadOnlySpan<byte> WithoutPlaceholder(ReadOnlySpan<byte> text) =>
            text.StartsWith("{}"u8) && text[2..].Trim(" \t\r\n"u8).Length > 0 ? text[2..] : text;

        private static bool TryParse(ReadOnlySpan<byte> text, out Dictionary<string, object?>? arguments, out Exception? failure)
        {
            arguments = [];
            failure = null;
            if (text.Trim(" \t\r\n"u8).IsEmpty)
            {
                // A call without arguments comes as "" or as nothing at all (serving reference §4.2).
                return true;
            }

            try
            {
                var reader = new Utf8JsonReader(text);
                reader.Read();
                if (reader.TokenType != JsonTokenType.StartObject)
                {
                    failure = new JsonException($"The arguments are a JSON {reader.TokenType}, not an object.");
                    return false;
                }

                while (reader.NextProperty())
                {
                    var name = reader.GetString()!;
                    arguments[name] = reader.NextElement() is { } value ? value : null;
                }

                // Anything behind the object makes the whole no JSON.
                reader.Read();
                return true;
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                failure = exception;
                return false;
            }
        }
    }
}
