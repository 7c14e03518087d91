using System.Text;
using System.Text.Json;
using Connectors.Databricks.Chat.Replies;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Inbound;

/// <summary>
/// Collects the contents of one message, from a document or from deltas. Text and reasoning are available immediately; tool calls and
/// refusals when the message is complete.
/// </summary>
/// <param name="isWhole">Whether each part is complete, as in a document, or a delta of a stream.</param>
/// <param name="reasoning">Whether reasoning is returned, and its origin.</param>
internal sealed class AnswerBuilder(bool isWhole, ReasoningContext reasoning)
{
    private ToolCallAssembler? _calls;
    private List<AIContent>? _contents;
    private ReasoningKind? _openReasoning;
    private StringBuilder? _refusal;
    private bool _hasGivenCalls;
    private TextContent? _lastText;
    private bool _hasThought;
    private SurrogatePairJoiner _textPair;
    private SurrogatePairJoiner _summaryPair;
    private SurrogatePairJoiner _siblingPair;
    private SurrogatePairJoiner _refusalPair;

    public ChatRole? Role { get; set; }

    /// <summary>The id of the message, for agents that send one.</summary>
    public string? Id { get; set; }

    /// <summary>On a tool message: the id of the call.</summary>
    public string? ToolCallId { get; set; }

    /// <summary>Counts the items that are added to lists.</summary>
    public ItemBudget Items => reasoning.Items;

    public ToolCallAssembler Calls => _calls ??= new ToolCallAssembler(isWhole, reasoning);

    public bool HasCalls => _hasGivenCalls || _calls is { HasCalls: true };

    public void AddText(string? text, List<AIAnnotation>? annotations = null)
    {
        text = _textPair.Join(text);
        if (text is { Length: > 0 } || annotations is not null)
        {
            CloseReasoning();
            _lastText = new TextContent(text) { Annotations = annotations };
            Add(_lastText);
        }
    }

    /// <summary>Adds reasoning of an array content. The signature ends the block: in a stream it comes last, with empty text.</summary>
    /// <param name="text">The reasoning text.</param>
    /// <param name="signature">The signature of the service.</param>
    /// <param name="goesOn">Whether the same part has a previous item.</param>
    public void AddSummary(string? text, string? signature, bool goesOn = false)
    {
        text = _summaryPair.Join(text);
        if (signature is { Length: > 0 })
        {
            CloseSibling();
            _openReasoning = null;
            AddReasoning(text, new ProtectedReasoning(ReasoningKind.Signed, signature, goesOn, reasoning.Origin));
        }
        else if (text is { Length: > 0 })
        {
            CloseSibling();
            AddUnsigned(text, ReasoningKind.Summary, goesOn);
        }
    }

    public void AddEncrypted(string? data, bool goesOn = false)
    {
        if (data is { Length: > 0 })
        {
            CloseReasoning();
            AddReasoning(null, new ProtectedReasoning(ReasoningKind.Encrypted, data, goesOn, reasoning.Origin));
        }
    }

    /// <summary>Adds reasoning of a <c>reasoning_content</c> string next to the content.</summary>
    public void AddSibling(string? text)
    {
        text = _siblingPair.Join(text);
        if (text is { Length: > 0 })
        {
            if (_openReasoning == ReasoningKind.Summary)
            {
                CloseReasoning();
            }

            AddUnsigned(text, ReasoningKind.Sibling);
        }
    }

    /// <summary>Attaches citations that are next to the content to the text they refer to.</summary>
    public void Annotate(List<AIAnnotation> annotations)
    {
        if (_lastText is not { } text)
        {
            AddText(null, annotations);
        }
        else if (text.Annotations is List<AIAnnotation> earlier)
        {
            earlier.AddRange(annotations);
        }
        else
        {
            text.Annotations = annotations;
        }
    }

    public void AddRefusal(string? text)
    {
        text = _refusalPair.Join(text);
        if (text is { Length: > 0 })
        {
            (_refusal ??= new StringBuilder()).Append(text);
        }
    }

    /// <summary>
    /// Adds a part of an unknown type, which is kept for the model that sent it, also when the history is stored as JSON.
    /// </summary>
    public void AddUnknown(JsonElement part)
    {
        CloseReasoning();
        Add(new AIContent
        {
            RawRepresentation = part,
            AdditionalProperties = new()
            {
                [DatabricksPropertyNames.ContentPart] = part,
                [DatabricksPropertyNames.ContentPartOrigin] = reasoning.Origin,
            },
        });
    }

    public void AddMedia(AIContent content)
    {
        CloseReasoning();
        Add(content);
    }

    /// <summary>Returns the contents that are complete, or null when there are none.</summary>
    public List<AIContent>? Take()
    {
        var contents = _contents;
        (_contents, _lastText) = (null, null);
        return contents;
    }

    /// <summary>Adds the contents that are complete only at the end of the message.</summary>
    /// <param name="idPrefix">The prefix of generated ids, for calls without an id.</param>
    public void Complete(string? idPrefix)
    {
        _textPair.RequireWhole();
        _summaryPair.RequireWhole();
        _siblingPair.RequireWhole();
        _refusalPair.RequireWhole();
        CloseReasoning();
        if (_refusal is not null)
        {
            Add(new ErrorContent(_refusal.ToString()) { ErrorCode = "Refusal" });
            _refusal = null;
        }

        if (_calls is { HasCalls: true })
        {
            _hasGivenCalls = true;
            _calls.Complete(_contents ??= [], idPrefix);
        }
    }

    private void Add(AIContent content) => (_contents ??= new List<AIContent>(1)).Add(content);

    private void AddUnsigned(string text, ReasoningKind kind, bool goesOn = false)
    {
        if (isWhole)
        {
            AddReasoning(text, new ProtectedReasoning(kind, string.Empty, goesOn, reasoning.Origin));
            if (kind == ReasoningKind.Sibling && !_hasThought && _contents is [_, .., TextReasoningContent last])
            {
                // reasoning_content often follows the content, although it was generated first. Moved once: a message that repeats the
                // member would otherwise move all of its contents each time.
                _hasThought = true;
                _contents.RemoveAt(_contents.Count - 1);
                _contents.Insert(0, last);
            }
        }
        else
        {
            _openReasoning = kind;
            AddReasoning(text, seal: null);
        }
    }

    private void AddReasoning(string? text, ProtectedReasoning? seal)
    {
        if (!reasoning.IsHidden)
        {
            Add(new TextReasoningContent(text) { ProtectedData = seal?.ToString() });
        }
    }

    private void CloseSibling()
    {
        if (_openReasoning == ReasoningKind.Sibling)
        {
            CloseReasoning();
        }
    }

    // Microsoft.Extensions.AI merges deltas up to the first one with protected data, so only the last delta of a block has it.
    private void CloseReasoning()
    {
        if (_openReasoning is not { } kind)
        {
            return;
        }

        _openReasoning = null;
        var seal = new ProtectedReasoning(kind, string.Empty, Origin: reasoning.Origin);
        if (_contents is [.., TextReasoningContent { ProtectedData: null } last])
        {
            last.ProtectedData = seal.ToString();
        }
        else
        {
            AddReasoning(null, seal);
        }
    }
}
