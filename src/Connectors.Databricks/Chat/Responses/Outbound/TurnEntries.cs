using Connectors.Databricks.Chat.Requests;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Responses.Outbound;

/// <summary>
/// Groups the contents of a message by item. The stored item follows the text or the reasoning that belongs to it; a call and the result
/// of an agent's own call carry theirs.
/// </summary>
internal static class TurnEntries
{
    /// <summary>Adds the entries of a message of the assistant; results follow the rest.</summary>
    public static void Add(List<TurnEntry> entries, IList<AIContent> contents)
    {
        List<AIContent> texts = [];
        List<AIContent> reasoning = [];
        foreach (var content in contents)
        {
            switch (content)
            {
                case FunctionResultContent:
                    break;
                case TextReasoningContent thought:
                    // Merged reasoning has the protected data of its last part; text before it is of another item.
                    var stored = StoredItem.In(thought);
                    if (stored is not { } ofText || !ItemComparison.IsMessage(ofText))
                    {
                        Close(entries, texts);
                    }

                    reasoning.Add(thought);
                    if (thought.ProtectedData is not null)
                    {
                        AddStored(entries, texts, reasoning, stored);
                    }

                    break;
                case FunctionCallContent or ToolApprovalRequestContent when !ContentRules.IsSkipped(content):
                    Close(entries, texts);
                    Close(entries, reasoning);
                    entries.Add(new TurnEntry([content], StoredItem.In(content)));
                    break;
                case not null when StoredItem.IsCarrier(content):
                    AddStored(entries, texts, reasoning, StoredItem.In(content));
                    break;
                case not null when ContentRules.IsSent(content):
                    texts.Add(content);
                    break;
            }
        }

        Close(entries, reasoning);
        Close(entries, texts);
        AddResults(entries, contents);
    }

    /// <summary>Adds the results of a message: those of the app, and those of an agent's own calls, which are items.</summary>
    public static void AddResults(List<TurnEntry> entries, IList<AIContent> contents)
    {
        foreach (var content in contents)
        {
            if (content is FunctionResultContent result)
            {
                entries.Add(new TurnEntry([result], StoredItem.In(result)));
            }
        }
    }

    private static void AddStored(List<TurnEntry> entries, List<AIContent> texts, List<AIContent> reasoning, StoredItem? stored)
    {
        // Reasoning that arrives inside a message item is part of that item.
        var isMessage = stored is { } item && ItemComparison.IsMessage(item);
        List<AIContent> own = isMessage ? [.. reasoning, .. texts] : [.. reasoning];
        if (isMessage || reasoning.Count > 0)
        {
            reasoning.Clear();
        }

        if (isMessage)
        {
            texts.Clear();
        }
        else
        {
            Close(entries, texts);
        }

        entries.Add(new TurnEntry(own, stored));
    }

    private static void Close(List<TurnEntry> entries, List<AIContent> contents)
    {
        if (contents.Count > 0)
        {
            entries.Add(new TurnEntry([.. contents], null));
            contents.Clear();
        }
    }

    /// <summary>
    /// Puts the items of each response in its order: calls and approval requests are returned at its end, whatever their place was, and a
    /// response may be several messages. Results of the app separate responses, also those without an id.
    /// </summary>
    public static void Sort(List<TurnEntry> entries)
    {
        for (var start = 0; start < entries.Count;)
        {
            var end = start + 1;
            while (end < entries.Count && entries[start].Stored is { } first && entries[end].Stored is { } next &&
                next.ResponseId == first.ResponseId && next.Origin == first.Origin)
            {
                end++;
            }

            if (end - start > 1)
            {
                var sorted = entries.GetRange(start, end - start).OrderBy(entry => entry.Stored!.Value.Index).ToList();
                for (var i = 0; i < sorted.Count; i++)
                {
                    entries[start + i] = sorted[i];
                }
            }

            start = end;
        }
    }
}
