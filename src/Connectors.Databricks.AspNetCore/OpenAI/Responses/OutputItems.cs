using Connectors.Databricks.AspNetCore.OpenAI.Replies;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.OpenAI.Responses;

/// <summary>Splits contents into output items, for a document and for a stream alike: one item is open at a time.</summary>
internal sealed class OutputItems(IOutputListener? listener)
{
    private readonly List<OutputItem> _items = [];
    private OutputItem? _open;

    public IReadOnlyList<OutputItem> Items => _items;

    public void Add(string? messageId, AIContent content)
    {
        switch (content)
        {
            case TextReasoningContent thought:
                AddThought(thought);
                break;
            case TextContent text when text.Text.Length > 0 || text.Annotations is { Count: > 0 }:
                var message = Open(OutputItemKind.Message, messageId);
                message.Append(text);
                Grow(message, text.Text);
                break;
            case ErrorContent error:
                var refusal = Open(OutputItemKind.Refusal, messageId);
                refusal.Append(error.Message);
                Grow(refusal, error.Message);
                break;
            case FunctionCallContent call when ReplyText.IsForClient(call):
                var item = Start(OutputItem.FunctionCall(call));
                Grow(item, item.Text);
                Close();
                break;
        }
    }

    private void AddThought(TextReasoningContent thought)
    {
        var item = Open(OutputItemKind.Reasoning, messageId: null);
        item.Append(thought.Text);
        Grow(item, thought.Text);
        if (thought.ProtectedData is { } data)
        {
            // It ends the block.
            item.ProtectedData = data;
            Close();
        }
    }

    private OutputItem Open(OutputItemKind kind, string? messageId)
    {
        if (_open is { } open && open.Kind == kind && (messageId is null || open.MessageId is null || open.MessageId == messageId))
        {
            return open;
        }

        return Start(kind switch
        {
            OutputItemKind.Reasoning => OutputItem.Reasoning(),
            OutputItemKind.Refusal => OutputItem.Refusal(),
            _ => OutputItem.Message(messageId),
        });
    }

    private OutputItem Start(OutputItem item)
    {
        Close();
        _items.Add(item);
        _open = item;
        listener?.Added(item, _items.Count - 1);
        return item;
    }

    private void Grow(OutputItem item, string text)
    {
        if (text.Length > 0)
        {
            listener?.Grew(item, _items.Count - 1, text);
        }
    }

    /// <summary>Closes the open item.</summary>
    public void Close()
    {
        if (_open is { } item)
        {
            _open = null;
            listener?.Done(item, _items.Count - 1);
        }
    }
}
