using System.Text;
using System.Text.Json;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Chat.Responses.Inbound;

/// <summary>
/// Compares the output of a complete response with the items that were streamed: by id, else the next of the same kind. What was streamed
/// is not read again, and an empty output changes nothing.
/// </summary>
internal static class FinalOutput
{
    public static void Read(ReadOnlySpan<byte> output, OutputItems items, OutputReader contents, ItemBudget budget, JsonReaderOptions json)
    {
        if (!RawJson.IsArray(output))
        {
            return;
        }

        var open = Unmatched.Of(items.OfCycle);
        for (var pass = 0; pass < 2; pass++)
        {
            var reader = new Utf8JsonReader(output, json);
            reader.Read();
            for (var position = 0; reader.NextItem(budget); position++)
            {
                var raw = reader.Raw(output);
                if (RawJson.IsObject(raw))
                {
                    var fields = ItemFields.Read(raw, json);
                    if (pass == 0)
                    {
                        open.MatchById(position, fields);
                    }
                    else if ((open.MatchedTo(position) ?? open.Next(fields.Kind)) is not { } item)
                    {
                        contents.Complete(items.Open(outputIndex: null, fields.Id, fields.Kind), fields);
                    }
                    else if (!item.IsDone)
                    {
                        contents.Complete(item, fields);
                    }
                }
            }
        }
    }

    /// <summary>The streamed items, as far as no item of the output is the same.</summary>
    private sealed class Unmatched
    {
        private readonly Dictionary<string, OutputItem> _byId = new(StringComparer.Ordinal);
        private readonly Dictionary<ItemKind, Queue<OutputItem>> _byKind = [];
        private readonly Dictionary<int, OutputItem> _matched = [];
        private readonly HashSet<OutputItem> _taken = [];

        public static Unmatched Of(ReadOnlySpan<OutputItem> items)
        {
            var open = new Unmatched();
            foreach (var item in items)
            {
                if (item.Id.Length > 0)
                {
                    open._byId.TryAdd(Key(item.Id, item.Kind), item);
                }

                if (!open._byKind.TryGetValue(item.Kind, out var queue))
                {
                    open._byKind[item.Kind] = queue = [];
                }

                queue.Enqueue(item);
            }

            return open;
        }

        public void MatchById(int position, in ItemFields fields)
        {
            if (!fields.Id.IsEmpty && _byId.TryGetValue(Key(fields.Id, fields.Kind), out var item) && _taken.Add(item))
            {
                _matched[position] = item;
            }
        }

        public OutputItem? MatchedTo(int position) => _matched.GetValueOrDefault(position);

        public OutputItem? Next(ItemKind kind)
        {
            var item = NextOf(kind);
            return item is null && kind == ItemKind.Message ? NextReasoning() : item;
        }

        // Reasoning that was streamed as such may be an item of type message.
        private OutputItem? NextReasoning() =>
            _byKind.TryGetValue(ItemKind.Reasoning, out var queue) && queue.TryPeek(out var first) && first.MayBeMessage && !first.IsDone
                ? NextOf(ItemKind.Reasoning)
                : null;

        private OutputItem? NextOf(ItemKind kind)
        {
            if (_byKind.TryGetValue(kind, out var queue))
            {
                while (queue.TryDequeue(out var item))
                {
                    if (_taken.Add(item))
                    {
                        return item;
                    }
                }
            }

            return null;
        }

        private static string Key(ReadOnlySpan<byte> id, ItemKind kind) => $"{kind}:{Encoding.UTF8.GetString(id)}";
    }
}
