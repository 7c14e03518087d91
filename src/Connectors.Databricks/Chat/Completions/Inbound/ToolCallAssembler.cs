using System.Globalization;
using System.Text.Json;
using Connectors.Databricks.Chat.Replies;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Inbound;

/// <summary>
/// Joins fragments of tool calls by index, otherwise by id, otherwise to the last open call, and returns each call when it is complete.
/// Handles every deviation of serving reference §5.5. In a document, each item is a separate call.
/// </summary>
/// <param name="isWhole">Whether the calls are complete, as in a document, or fragments of a stream.</param>
/// <param name="intake">The endpoint that made the calls, and the limits of the response.</param>
internal sealed class ToolCallAssembler(bool isWhole, ReasoningContext intake)
{
    /// <summary>Up to this number of calls a linear search is faster than an index; only malicious responses have more.</summary>
    private const int MostWithoutIndex = 64;

    private readonly List<PendingToolCall> _calls = [];
    private Dictionary<int, PendingToolCall>? _byIndex;
    private Dictionary<string, PendingToolCall>? _byId;

    public bool HasCalls => _calls.Count > 0;

    /// <summary>Reads an array of calls or of fragments; the reader is positioned on its property name.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        if (!reader.NextIsArray())
        {
            return;
        }

        while (reader.NextItem(intake.Items))
        {
            if (reader.IsOrSkip(JsonTokenType.StartObject))
            {
                Join(ToolCallFragment.Read(ref reader, intake.Items));
            }
        }
    }

    /// <summary>
    /// Reads the single call of OpenAI's deprecated <c>function_call</c> format; the reader is positioned on its property name.
    /// </summary>
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
        var call = isWhole ? null : Find(fragment);
        if (call is null)
        {
            intake.Held.Spend();
            call = new PendingToolCall(intake.MaxToolArgumentBytes, intake.Origin, intake.Held)
            {
                Index = fragment.Index,
                Position = _calls.Count,
            };
            _calls.Add(call);
        }

        call.Take(fragment);
        if (!isWhole && _calls.Count > MostWithoutIndex)
        {
            Note(call);
        }
    }

    private PendingToolCall? Find(ToolCallFragment fragment)
    {
        if (fragment.Index is { } index)
        {
            var call = Last(index) ?? Unnumbered(fragment);

            // Some backends send index 0 for every parallel call: a different id together with a name starts another call.
            return call is not null && fragment.HasName && fragment.HasId && call.Id is { Length: > 0 } id &&
                (id != fragment.Id || call.IsFollowedBy(fragment)) ? null : call;
        }

        if (fragment.HasId)
        {
            var call = Last(fragment.Id);
            return call is not null && call.IsFollowedBy(fragment) ? null : call;
        }

        var last = _calls.Count > 0 ? _calls[^1] : null;

        // Without index and id, a name starts a call, unless the last call has no name yet.
        return last is not null && fragment.HasName && last.Name is not null && last.IsComplete ? null : last;
    }

    // No lambdas: they would allocate per fragment.
    private PendingToolCall? Last(int index)
    {
        if (_byIndex is not null)
        {
            return _byIndex.GetValueOrDefault(index);
        }

        var i = _calls.Count - 1;
        while (i >= 0 && _calls[i].Index != index)
        {
            intake.Items.Step();
            i--;
        }

        return i < 0 ? null : _calls[i];
    }

    private PendingToolCall? Last(string? id)
    {
        if (_byId is not null)
        {
            return id is null ? null : _byId.GetValueOrDefault(id);
        }

        var i = _calls.Count - 1;
        while (i >= 0 && _calls[i].Id != id)
        {
            intake.Items.Step();
            i--;
        }

        return i < 0 ? null : _calls[i];
    }

    // A fragment continues the last call with its index or id.
    private void Note(PendingToolCall call)
    {
        if (_byIndex is null || _byId is null)
        {
            (_byIndex, _byId) = ([], new(StringComparer.Ordinal));
            foreach (var earlier in _calls)
            {
                NoteKeys(earlier, _byIndex, _byId);
            }
        }

        NoteKeys(call, _byIndex, _byId);
    }

    private static void NoteKeys(PendingToolCall call, Dictionary<int, PendingToolCall> byIndex, Dictionary<string, PendingToolCall> byId)
    {
        if (call.Index is { } index && !(byIndex.TryGetValue(index, out var known) && known.Position > call.Position))
        {
            byIndex[index] = call;
        }

        if (call.Id is { } id && !(byId.TryGetValue(id, out known) && known.Position > call.Position))
        {
            byId[id] = call;
        }
    }

    // A call that started without an index and continues with one: the fragment has neither id nor function name.
    private PendingToolCall? Unnumbered(ToolCallFragment fragment)
    {
        if (fragment.HasId || fragment.HasName || _calls is not [.., { Index: null } last])
        {
            return null;
        }

        last.Index = fragment.Index;
        return last;
    }

    /// <summary>Returns the calls that were completed since the last time.</summary>
    /// <param name="contents">Receives the calls.</param>
    /// <param name="idPrefix">The prefix of generated ids, for calls without an id.</param>
    /// <exception cref="JsonException">A call has no function name.</exception>
    public void Complete(List<AIContent> contents, string? idPrefix)
    {
        // For two calls with one id, a client would return the result of the last one for both.
        var used = _calls.Count > 1 ? new HashSet<string>(_calls.Count, StringComparer.Ordinal) : null;
        for (var i = 0; i < _calls.Count; i++)
        {
            contents.Add(_calls[i].ToContent(IdOf(i, idPrefix, used)));
        }

        _calls.Clear();
        (_byIndex, _byId) = (null, null);
    }

    private string IdOf(int position, string? idPrefix, HashSet<string>? used)
    {
        var given = _calls[position].Id;
        var id = given ?? (idPrefix is null ? $"call_{Guid.NewGuid():N}" : $"{idPrefix}-call-{position}");
        for (var number = position; used?.Add(id) is false; number++)
        {
            id = string.Create(CultureInfo.InvariantCulture, $"{given ?? idPrefix}-{number}");
        }

        return id;
    }
}
