using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Chat.Replies;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Inbound;

/// <summary>A tool call that is assembled from fragments.</summary>
/// <param name="maxArgumentBytes">The maximum size of the arguments, in bytes.</param>
/// <param name="origin">The endpoint that made the call.</param>
/// <param name="items">Counts the arguments.</param>
internal sealed class PendingToolCall(int maxArgumentBytes, string origin, ItemBudget items)
{
    private readonly ArrayBufferWriter<byte> _arguments = new();
    private JsonObject? _extras;
    private SurrogatePairJoiner _pair;
    private ArgumentsScan _scan;
    private bool? _isWhole;
    private byte[] _last = [];
    private bool _mayBeSnapshots = true;

    public int? Index { get; set; }

    /// <summary>The index among the calls of the message.</summary>
    public int Position { get; init; }

    public string? Id { get; private set; }

    public string? Name { get; private set; }

    /// <summary>Whether the arguments so far are a complete JSON object.</summary>
    public bool IsComplete => _scan.Advance(_arguments.WrittenSpan) ?? IsWhole();

    // A complete object is parsed once: only white space may follow, which has no effect.
    private bool IsWhole() => _isWhole ??= JsonReading.IsJson(_arguments.WrittenSpan);

    /// <summary>
    /// Whether a fragment with this call's id opens another call: some backends use one id for all calls of a response. Such a fragment has
    /// a name and arguments and follows complete arguments; Claude's placeholder <c>{}</c> and a repeated snapshot do not count.
    /// </summary>
    public bool IsFollowedBy(ToolCallFragment fragment) =>
        fragment.HasName && fragment.HasArguments && Name is not null && _arguments.WrittenCount > 2 && !IsRepeatedBy(fragment) &&
            IsComplete;

    private bool IsRepeatedBy(ToolCallFragment fragment) =>
        fragment.Name == Name && _arguments.WrittenSpan.SequenceEqual(fragment.Arguments);

    public void Take(ToolCallFragment fragment)
    {
        Id = fragment.HasId ? fragment.Id : Id;
        Name = fragment.HasName ? fragment.Name : Name;
        if (_arguments.WrittenCount > 2 && IsRepeatedBy(fragment) && IsComplete)
        {
            return;
        }

        var arguments = Joined(fragment);
        if (arguments.Length > maxArgumentBytes - _arguments.WrittenCount)
        {
            throw new BoundExceededException(nameof(DatabricksResponseLimitOptions.MaxToolArgumentBytes), maxArgumentBytes);
        }

        _arguments.Write(arguments);
        _mayBeSnapshots &= arguments.AsSpan().StartsWith(_last);
        _last = arguments;
        if (fragment.Extras is { } extras)
        {
            _extras ??= [];
            foreach (var (name, value) in extras)
            {
                _extras[name] = value?.DeepClone();
            }
        }
    }

    private byte[] Joined(ToolCallFragment fragment) =>
        fragment.SplitArguments is null && !_pair.IsWaiting
            ? fragment.Arguments
            : Encoding.UTF8.GetBytes(_pair.Join(fragment.SplitArguments ?? Encoding.UTF8.GetString(fragment.Arguments)) ?? string.Empty);

    /// <param name="id">The id of the call, unique in the response.</param>
    public FunctionCallContent ToContent(string id)
    {
        _pair.RequireWhole();
        var name = Name ?? throw new JsonException("A tool call has no function name.");
        var text = WithoutPlaceholder(_arguments.WrittenSpan);
        var content = CallArguments.TryParse(text, items, out var arguments, out var failure) || TryParseSnapshot(out arguments)
            ? new FunctionCallContent(id, name, arguments)
            : CallArguments.Broken(id, name, text, failure);
        if (_extras is not null)
        {
            (content.AdditionalProperties ??= [])[DatabricksPropertyNames.ToolCallExtras] = Element(_extras);
            content.AdditionalProperties[DatabricksPropertyNames.ToolCallOrigin] = origin;
        }

        if (Id is not null && id != Id)
        {
            (content.AdditionalProperties ??= [])[DatabricksPropertyNames.ToolCallId] = Id;
            content.AdditionalProperties[DatabricksPropertyNames.ToolCallOrigin] = origin;
        }

        return content;
    }

    // Some backends repeat all arguments so far in each fragment ([issue vercel/ai#15888]). Concatenated, they are never valid
    // JSON, because each starts a new object.
    private bool TryParseSnapshot(out Dictionary<string, object?>? arguments)
    {
        arguments = null;
        return _mayBeSnapshots && _last.Length < _arguments.WrittenCount && CallArguments.TryParse(_last, items, out arguments, out _);
    }

    private static JsonElement Element(JsonObject extras)
    {
        using var document = JsonDocument.Parse(extras.ToJsonString());
        return document.RootElement.Clone();
    }

    // Claude starts a call with the placeholder "{}" and then sends the actual object ([issue BerriAI/litellm#4537]).
    private static ReadOnlySpan<byte> WithoutPlaceholder(ReadOnlySpan<byte> text) =>
        text.StartsWith("{}"u8) && text[2..].Trim(" \t\r\n"u8).Length > 0 ? text[2..] : text;
}
