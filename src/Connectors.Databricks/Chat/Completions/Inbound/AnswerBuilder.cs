using System.Text;
using System.Text.Json;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Inbound;

/// <summary>
/// Gathers what one message says, from a whole body or from deltas. Text and reasoning can be taken at once; tool calls and refusals
/// only when the message is complete.
/// </summary>
/// <param name="isWhole">Whether each part comes whole, as in a body, or as deltas of a stream.</param>
/// <param name="reasoning">Whether reasoning is shown, and whose it is.</param>
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

    /// <summary>The message's own id, on surfaces that give one.</summary>
    public string? Id { get; set; }

    /// <summary>On a tool message: the call that it answers.</summary>
    public string? ToolCallId { get; set; }

    /// <summary>Counts what is added to a list.</summary>
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

    /// <summary>Reasoning of the array dialect. The signature closes the block: in a stream it comes last, with empty text.</summary>
    /// <param name="text">What was thought.</param>
    /// <param name="signature">The service's seal on it.</param>
    /// <param name="goesOn">Whether another item stood before it in the same part.</param>
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

    /// <summary>Reasoning of the sibling dialect: a string beside the content.</summary>
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

    /// <summary>Attaches citations that came beside the content to the text they speak of.</summary>
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

    /// <summary>A part of a kind that is not known here: kept for the model that sent it, also when the conversation is stored as JSON.</summary>
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

    /// <summary>What can be shown already; null when nothing is new.</summary>
    public List<AIContent>? Take()
    {
        var contents = _contents;
        (_contents, _lastText) = (null, null);
        return contents;
    }

    /// <summary>Adds what had to wait for the end of the message.</summary>
    /// <param name="idPrefix">Starts the ids of calls that came without one.</param>
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
                // Beside the content, and often behind it: but it was thought before it was said. Once: a message that repeats the member would
                // move all of its contents each time.
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

    // Deltas of one block are merged by Microsoft.Extensions.AI up to the first that carries protected data: so the last one must.
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
