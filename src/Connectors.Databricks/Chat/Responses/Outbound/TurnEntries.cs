using Connectors.Databricks.Chat.Requests;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Responses.Outbound;

/// <summary>
/// Groups the contents of a turn by item. The stored item follows the text or the reasoning that belongs to it; a call carries its own.
/// Items of one response are put in its order: calls are returned at the end of a response, whatever their place was.
/// </summary>
internal static class TurnEntries
{
    public static List<TurnEntry> Of(IList<AIContent> contents)
    {
        var entries = new List<TurnEntry>(contents.Count);
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
        Sort(entries);
        return entries;
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

    // A stable sort of each run of entries of one response.
    private static void Sort(List<TurnEntry> entries)
    {
        for (var start = 0; start < entries.Count;)
        {
            var end = start + 1;
            while (end < entries.Count && entries[start].Stored is { ResponseId: { } id } && entries[end].Stored?.ResponseId == id)
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
