using System.Text;
using System.Text.Json;
using Connectors.Databricks.Chat.Replies;
using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Responses.Inbound;

/// <summary>
/// Reads output items from deltas and from complete items. Content of a delta is not read again from the complete item; content that only
/// the complete item has is read.
/// </summary>
internal sealed class OutputReader(ResponseContents contents, ReasoningContext reasoning, JsonReaderOptions json)
{
    /// <summary>The id of the current response, which items are stored with.</summary>
    public string? ResponseId { get; set; }

    public void AddDelta(OutputItem item, PartKind kind, int? partIndex, ReadOnlySpan<byte> delta) =>
        AddText(item, kind, partIndex, RawJson.Text(delta), null);

    /// <summary>Reads a whole text; it is ignored when its deltas were read.</summary>
    public void AddWhole(OutputItem item, PartKind kind, int? partIndex, ReadOnlySpan<byte> text)
    {
        if (!item.HasText(kind, partIndex ?? 0))
        {
            AddText(item, kind, partIndex, RawJson.Text(text), null);
        }
    }

    private void AddText(OutputItem item, PartKind kind, int? partIndex, string? delta, List<AIAnnotation>? annotations)
    {
        var part = item.PartAt(kind, partIndex, reasoning.Held);
        var text = part.Join(delta);
        if (text is not { Length: > 0 } && annotations is null)
        {
            return;
        }

        part.HasText = true;
        switch (kind)
        {
            case PartKind.Text:
                part.Annotations += annotations?.Count ?? 0;
                contents.Add(item, new TextContent(text) { Annotations = annotations }, isText: true);
                break;
            case PartKind.Refusal:
                (part.Refusal ??= new StringBuilder()).Append(text);
                break;
            default:
                contents.AddReasoning(item, text!);
                break;
        }
    }

    /// <summary>Reads an annotation, or an array of them.</summary>
    public void AddAnnotations(OutputItem item, int? partIndex, ReadOnlySpan<byte> raw)
    {
        var reader = new Utf8JsonReader(raw, json);
        reader.Read();
        if (CitationsFromWire.ReadValue(ref reader, reasoning.Items) is { } annotations)
        {
            var part = item.PartAt(PartKind.Text, partIndex, reasoning.Held);
            part.Annotations += annotations.Count;
            contents.Add(item, new TextContent(null) { Annotations = annotations }, isText: true);
        }
    }

    /// <summary>Reads one part of the content of an item: the type of the part decides what it is, not the type of the item.</summary>
    public void AddPart(OutputItem item, int? partIndex, ReadOnlySpan<byte> raw)
    {
        var part = PartFields.Read(raw, json);
        if (part.Kind is { } kind)
        {
            var text = kind == PartKind.Refusal && !part.Refusal.IsEmpty ? part.Refusal : part.Text;
            var annotations = kind == PartKind.Text ? NewAnnotations(item, partIndex ?? 0, part.Annotations) : null;
            if (!item.HasText(kind, partIndex ?? 0))
            {
                AddText(item, kind, partIndex, RawJson.Text(text), annotations);
            }
            else if (annotations is not null)
            {
                item.PartAt(kind, partIndex, reasoning.Held).Annotations += annotations.Count;
                contents.Add(item, new TextContent(null) { Annotations = annotations }, isText: true);
            }
        }
        else if (part.IsImage && RawJson.Text(part.Image) is { } address && MediaFromWire.Read(address) is { } media)
        {
            contents.Add(item, media, isText: true);
        }
    }

    // Those that events of their own did not bring.
    private List<AIAnnotation>? NewAnnotations(OutputItem item, int partIndex, ReadOnlySpan<byte> raw)
    {
        if (raw.IsEmpty)
        {
            return null;
        }

        var reader = new Utf8JsonReader(raw, json);
        reader.Read();
        var annotations = CitationsFromWire.ReadValue(ref reader, reasoning.Items);
        var known = item.AnnotationsOf(partIndex);
        return annotations is null || annotations.Count <= known ? null : annotations[known..];
    }

    /// <summary>Reads a whole item, and stores it.</summary>
    /// <exception cref="JsonException">A call has no name.</exception>
    public void Complete(OutputItem item, in ItemFields fields)
    {
        item.Kind = fields.Kind;
        item.IsDone = true;
        item.Hash = OutputItems.HashOf(fields.Json);
        switch (fields.Kind)
        {
            case ItemKind.Message or ItemKind.Reasoning:
                AddParts(item, fields);
                Finish(item);
                break;
            case ItemKind.Call:
                TakeNames(item, fields);
                SetArguments(item, fields.Arguments);
                contents.Hold(item, Call(item, Stored(item, fields.Json)));
                return;
            case ItemKind.CallOutput when RawJson.Name(fields.CallId) is { } callId:
                contents.AddResult(item, Result(callId, fields.Output, Stored(item, fields.Json)));
                return;
            case ItemKind.ApprovalRequest when RawJson.Name(fields.RawId) is { } id:
                contents.Hold(item, Approval(id, fields, Stored(item, fields.Json)));
                return;
            case ItemKind.Image when Image(fields) is { } image:
                contents.Add(item, image);
                break;
        }

        contents.AddStored(item, Stored(item, fields.Json), item.HasContents ? null : Element(fields.Json));
    }

    private void AddParts(OutputItem item, in ItemFields fields)
    {
        AddParts(item, fields.Summary, isSummary: true, fields.Kind);
        AddParts(item, fields.Content, isSummary: false, fields.Kind);
    }

    private void AddParts(OutputItem item, ReadOnlySpan<byte> raw, bool isSummary, ItemKind kind)
    {
        var textKind = isSummary ? PartKind.Summary : kind == ItemKind.Reasoning ? PartKind.Reasoning : PartKind.Text;
        if (RawJson.IsText(raw))
        {
            AddWhole(item, textKind, 0, raw);
        }
        else if (RawJson.IsArray(raw))
        {
            var reader = new Utf8JsonReader(raw, json);
            reader.Read();
            for (var index = 0; reader.NextItem(reasoning.Items); index++)
            {
                var part = reader.Raw(raw);
                if (RawJson.IsText(part))
                {
                    AddWhole(item, textKind, index, part);
                }
                else if (isSummary)
                {
                    AddWhole(item, PartKind.Summary, index, PartFields.Read(part, json).Text);
                }
                else
                {
                    AddPart(item, index, part);
                }
            }
        }
    }

    /// <summary>Returns what is complete only at the end of an item that is not a call: refusals.</summary>
    public void Finish(OutputItem item)
    {
        foreach (var part in item.Parts)
        {
            part.RequireWhole();
            if (part.Refusal is { } refusal)
            {
                part.Refusal = null;
                contents.Add(item, new ErrorContent(refusal.ToString()) { ErrorCode = "Refusal" }, isText: true);
            }
        }
    }

    /// <summary>Holds a call whose whole item did not come: its name and its arguments were streamed.</summary>
    /// <exception cref="JsonException">The call has no name.</exception>
    public void FinishCall(OutputItem item)
    {
        item.IsDone = true;
        contents.Hold(item, Call(item, stored: null));
    }

    /// <summary>Takes the names of a call, which the first event of its item has already.</summary>
    public static void TakeNames(OutputItem item, in ItemFields fields)
    {
        item.CallId = RawJson.Name(fields.CallId) ?? item.CallId ?? RawJson.Name(fields.RawId);
        item.Name = RawJson.Name(fields.Name) ?? item.Name;
    }

    public void AddArguments(OutputItem item, ReadOnlySpan<byte> delta) => item.AddArguments(delta, reasoning.MaxToolArgumentBytes);

    public void SetArguments(OutputItem item, ReadOnlySpan<byte> whole) => item.SetArguments(whole, reasoning.MaxToolArgumentBytes);

    private FunctionCallContent Call(OutputItem item, string? stored)
    {
        item.RequireWholeArguments();
        var name = item.Name ?? throw new JsonException("A function call has no name.");
        var callId = item.CallId ?? (ResponseId is null ? $"call_{Guid.NewGuid():N}" : $"{ResponseId}-call-{item.Index}");
        var call = CallArguments.TryParse(item.Arguments, reasoning.Items, out var arguments, out var failure)
            ? new FunctionCallContent(callId, name, arguments)
            : CallArguments.Broken(callId, name, item.Arguments, failure);
        if (stored is not null)
        {
            (call.AdditionalProperties ??= [])[DatabricksPropertyNames.ResponseItem] = stored;
        }

        return call;
    }

    private static FunctionResultContent Result(string callId, ReadOnlySpan<byte> output, string stored) =>
        new(callId, output.IsEmpty ? null : RawJson.Text(output) ?? (object)Element(output))
        {
            AdditionalProperties = new() { [DatabricksPropertyNames.ResponseItem] = stored },
        };

    private ToolApprovalRequestContent Approval(string id, in ItemFields fields, string stored)
    {
        var name = RawJson.Name(fields.Name) ?? throw new JsonException("An approval request has no tool name.");
        var text = RawJson.Text(fields.Arguments) is { } written ? Encoding.UTF8.GetBytes(written) : fields.Arguments;
        CallArguments.TryParse(text, reasoning.Items, out var arguments, out _);
        return new ToolApprovalRequestContent(
            id, new McpServerToolCallContent(id, name, RawJson.Name(fields.ServerLabel)) { Arguments = arguments })
        {
            AdditionalProperties = new() { [DatabricksPropertyNames.ResponseItem] = stored },
        };
    }

    private static DataContent? Image(in ItemFields fields)
    {
        if (RawJson.Name(fields.Result) is not { } data)
        {
            return null;
        }

        try
        {
            return new DataContent(Convert.FromBase64String(data), $"image/{RawJson.Name(fields.OutputFormat) ?? "png"}");
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            // It is kept as an item of an unknown type.
            return null;
        }
    }

    private string Stored(OutputItem item, ReadOnlySpan<byte> raw) =>
        StoredItem.ToText(raw, contents.Origin, ResponseId, item.Index);

    private static JsonElement Element(ReadOnlySpan<byte> raw)
    {
        var reader = new Utf8JsonReader(raw);
        return JsonElement.ParseValue(ref reader);
    }
}
