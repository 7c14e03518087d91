using Connectors.Databricks.Chat.Requests;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Responses.Outbound;

/// <summary>
/// Groups the contents of messages between two of the user by item. The stored item follows the text or the reasoning that belongs to it; a
/// call or a result carries its own. Items of one response are put in its order, also when its messages are several: calls are returned at
/// the end of a response, whatever their place was.
/// </summary>
internal sealed class TurnEntries(ChatRequest request)
{
    private readonly List<TurnEntry> _entries = [];
    private readonly List<AIContent> _texts = [];
    private readonly List<AIContent> _reasoning = [];

    /// <summary>Adds the contents of a message of the assistant; results follow the rest.</summary>
    public void Add(IList<AIContent> contents)
    {
        foreach (var content in contents)
        {
            switch (content)
            {
                case TextReasoningContent thought:
                    Add(thought);
                    break;
                case FunctionResultContent:
                    break;
                case FunctionCallContent or ToolApprovalRequestContent when !ContentRules.IsSkipped(content):
                    Close(_texts);
                    Close(_reasoning);
                    AddOwn(content);
                    break;
                case not null when StoredItem.IsCarrier(content):
                    AddStored(request.ItemIn(content));
                    break;
                case not null when ContentRules.IsSent(content):
                    _texts.Add(content);
                    break;
            }
        }

        Close(_reasoning);
        Close(_texts);
        AddResults(contents);
    }

    /// <summary>Adds the results of a message: those of the app, and those of an agent's own calls, which are items.</summary>
    public void AddResults(IList<AIContent> contents)
    {
        foreach (var content in contents)
        {
            if (content is FunctionResultContent)
            {
                AddOwn(content);
            }
        }
    }

    /// <summary>Returns the entries in the order in which they are sent, and removes them.</summary>
    public TurnEntry[] Take()
    {
        if (_entries.Count == 0)
        {
            return [];
        }

        Sort();
        TurnEntry[] entries = [.. _entries];
        _entries.Clear();
        return entries;
    }

    private void AddOwn(AIContent content) => _entries.Add(new TurnEntry([content], request.ItemIn(content)));

    private void Add(TextReasoningContent thought)
    {
        // Merged reasoning has the protected data of its last part; text before it is of another item.
        var stored = request.ItemIn(thought);
        if (stored?.Facts.IsMessage is not true)
        {
            Close(_texts);
        }

        _reasoning.Add(thought);
        if (thought.ProtectedData is not null)
        {
            AddStored(stored);
        }
    }

    private void AddStored(StoredItem? stored)
    {
        // Reasoning that arrives inside a message item is part of that item.
        var isMessage = stored?.Facts.IsMessage is true;
        AIContent[] own = isMessage ? [.. _reasoning, .. _texts] : [.. _reasoning];
        if (isMessage || _reasoning.Count > 0)
        {
            _reasoning.Clear();
        }

        if (isMessage)
        {
            _texts.Clear();
        }
        else
        {
            Close(_texts);
        }

        _entries.Add(new TurnEntry(own, stored));
    }

    private void Close(List<AIContent> contents)
    {
        if (contents.Count > 0)
        {
            _entries.Add(new TurnEntry([.. contents], null));
            contents.Clear();
        }
    }

    // A stable sort of each run of entries of one response; most are in order. Results of the app separate responses, also those without
    // an id.
    private void Sort()
    {
        for (var start = 0; start < _entries.Count;)
        {
            var end = start + 1;
            var isSorted = true;
            while (end < _entries.Count && _entries[start].Stored is { } first && _entries[end].Stored is { } next &&
                next.ResponseId == first.ResponseId && next.Origin == first.Origin)
            {
                isSorted &= next.Index >= _entries[end - 1].Stored!.Index;
                end++;
            }

            if (!isSorted)
            {
                var sorted = _entries.GetRange(start, end - start).OrderBy(entry => entry.Stored!.Index).ToList();
                for (var i = 0; i < sorted.Count; i++)
                {
                    _entries[start + i] = sorted[i];
                }
            }

            start = end;
        }
    }
}
