using System.Globalization;
using Connectors.Databricks.Chat.Replies;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Responses.Inbound;

/// <summary>
/// Collects the contents of a response as messages. Text and reasoning are available immediately; calls and approval requests when their
/// result or the end of the response shows whether the caller must act on them.
/// </summary>
internal sealed class ResponseContents(ReplyFacts facts, ReasoningContext reasoning)
{
    private readonly List<AIContent?> _held = [];
    private readonly Dictionary<string, int> _heldCalls = new(StringComparer.Ordinal);
    private readonly HashSet<string> _answered = new(StringComparer.Ordinal);
    private readonly List<ChatResponseUpdate> _ready = [];
    private ChatResponseUpdate? _open;
    private ChatRole _role;
    private OutputItem? _textItem;
    private string? _idBase;
    private string? _messageId;
    private int _messages;
    private bool _startsOver;

    /// <summary>Whether the caller has calls to invoke.</summary>
    public bool HasCalls { get; private set; }

    /// <summary>The endpoint that the contents come from.</summary>
    public string Origin => reasoning.Origin;

    /// <summary>Begins another attempt at the response: calls of the first one are not for the caller, and texts do not join.</summary>
    public void StartOver()
    {
        _held.Clear();
        _heldCalls.Clear();
        _startsOver = _messages > 0;
    }

    /// <summary>Adds a content that is complete. The text of another message item starts another message.</summary>
    public void Add(OutputItem item, AIContent content, bool isText = false)
    {
        item.HasContents = true;
        item.EndsWithReasoning = content is TextReasoningContent;
        var role = content is FunctionResultContent ? ChatRole.Tool : ChatRole.Assistant;
        if (_messages == 0 || _startsOver || role != _role || (isText && _textItem is not null && _textItem != item))
        {
            StartMessage(role);
        }

        _textItem = isText ? item : _textItem;
        (_open ??= NewUpdate()).Contents.Add(content);
    }

    private void StartMessage(ChatRole role)
    {
        if (_open is not null)
        {
            _ready.Add(_open);
            _open = null;
        }

        _idBase ??= facts.MessageIdBase ?? "message-0";
        _messageId = _messages == 0 ? _idBase : string.Create(CultureInfo.InvariantCulture, $"{_idBase}-{_messages}");
        _messages++;
        _startsOver = false;
        (_role, _textItem) = (role, null);
    }

    private ChatResponseUpdate NewUpdate() => new(_role, new List<AIContent>(1))
    {
        ResponseId = facts.Id,
        MessageId = _messageId,
        CreatedAt = facts.CreatedAt,
        ModelId = facts.Model,
    };

    /// <summary>Adds reasoning, unless the caller does not want it.</summary>
    public void AddReasoning(OutputItem item, string text)
    {
        if (!reasoning.IsHidden)
        {
            Add(item, new TextReasoningContent(text));
        }
    }

    /// <summary>Adds the item itself, so that it is sent back unchanged.</summary>
    public void AddStored(OutputItem item, string stored, object? raw)
    {
        // Microsoft.Extensions.AI merges reasoning up to the first content with protected data, and drops the properties of merged text.
        if (item.EndsWithReasoning && _open?.Contents is [.., TextReasoningContent { ProtectedData: null } last])
        {
            last.ProtectedData = stored;
            return;
        }

        Add(item, item.Kind == ItemKind.Reasoning || item.EndsWithReasoning
            ? new TextReasoningContent(null) { ProtectedData = stored }
            : new AIContent { AdditionalProperties = new() { [DatabricksPropertyNames.ResponseItem] = stored }, RawRepresentation = raw });
    }

    /// <summary>Holds a call or an approval request until it is known whether the caller must act on it.</summary>
    public void Hold(OutputItem item, AIContent content)
    {
        reasoning.Held.Spend();
        if (content is FunctionCallContent call && _answered.Contains(call.CallId))
        {
            call.InformationalOnly = true;
            Add(item, call);
            return;
        }

        if (content is FunctionCallContent { CallId: var callId })
        {
            _heldCalls[callId] = _held.Count;
        }

        _held.Add(content);
    }

    /// <summary>Adds the result of a call that ran on the server, behind the call: the caller must not invoke it again.</summary>
    public void AddResult(OutputItem item, FunctionResultContent result)
    {
        reasoning.Held.Spend();
        _answered.Add(result.CallId);
        if (_heldCalls.Remove(result.CallId, out var position))
        {
            var call = (FunctionCallContent)_held[position]!;
            _held[position] = null;
            call.InformationalOnly = true;
            Add(item, call);
        }

        Add(item, result);
    }

    /// <summary>Returns the contents that are complete.</summary>
    public void TakeUpdates(List<ChatResponseUpdate> updates)
    {
        if (_ready.Count > 0)
        {
            updates.AddRange(_ready);
            _ready.Clear();
        }

        if (_open is not null)
        {
            updates.Add(_open);
            _open = null;
        }
    }

    /// <summary>Returns what was held. A response without contents has one empty message.</summary>
    public void End(List<ChatResponseUpdate> updates)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        var holder = new OutputItem(0);
        foreach (var content in _held)
        {
            if (content is FunctionCallContent call)
            {
                HasCalls = true;
                Add(holder, WithOwnId(call, used));
            }
            else if (content is not null)
            {
                Add(holder, content);
            }
        }

        _held.Clear();
        if (_messages == 0)
        {
            StartMessage(ChatRole.Assistant);
            _open = NewUpdate();
        }

        TakeUpdates(updates);
    }

    // Of two calls with one id, a client would answer both with the result of the last.
    private FunctionCallContent WithOwnId(FunctionCallContent call, HashSet<string> used)
    {
        if (used.Add(call.CallId))
        {
            return call;
        }

        var id = call.CallId;
        for (var number = used.Count; !used.Add(id); number++)
        {
            id = string.Create(CultureInfo.InvariantCulture, $"{call.CallId}-{number}");
        }

        var properties = call.AdditionalProperties?.Clone() ?? [];
        properties[DatabricksPropertyNames.ToolCallId] = call.CallId;
        properties[DatabricksPropertyNames.ToolCallOrigin] = Origin;
        return new FunctionCallContent(id, call.Name, call.Arguments)
        {
            Exception = call.Exception,
            AdditionalProperties = properties,
        };
    }
}
