using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.ModelRecords;
using Connectors.Databricks.Models;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Requests;

/// <summary>
/// The tools of a request whose name, or the names of whose parameters, the model does not accept: each has another name in the request,
/// and the calls in the response get the caller's names back.
/// </summary>
internal sealed class ToolNames
{
    private const int LongestNamed = 100;

    private readonly Dictionary<string, Entry> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Entry> _byWireName = new(StringComparer.Ordinal);

    private ToolNames()
    {
    }

    /// <returns>The names, or null when the model accepts those of every tool.</returns>
    public static ToolNames? Of(ChatRequest request)
    {
        if (!request.IsShaped || request.Options?.Tools is not { Count: > 0 } tools)
        {
            return null;
        }

        ToolNames? names = null;
        for (var i = 0; i < tools.Count; i++)
        {
            if (tools[i] is AIFunctionDeclaration tool)
            {
                var parameters = ShapedSchemas.PropertyNames(request, tool);
                if (parameters is not null || !ToolNameRules.Fits(request.Model.Tools.Naming, tool.Name))
                {
                    (names ??= new()).Add(tool.Name, parameters, request.Model.Tools.Naming, tools);
                }
            }
        }

        return names;
    }

    /// <summary>Returns the name of a tool in the request, also of one that is only in the history.</summary>
    public static string OnWire(ChatRequest request, string name) =>
        request.ToolNames?.Find(name)?.WireName ??
        (!request.IsShaped || ToolNameRules.Fits(request.Model.Tools.Naming, name) ? name : ToolNameRules.Fit(name));

    /// <summary>Returns the arguments of a call in the history with the names of the parameters in the request.</summary>
    public static IDictionary<string, object?> OnWire(ChatRequest request, string name, IDictionary<string, object?> arguments) =>
        request.ToolNames?.Find(name)?.Parameters is { } parameters
            ? Renamed(arguments, parameters.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal))
            : arguments;

    /// <summary>Records the adjustment of a tool whose name, or the names of whose parameters, are replaced.</summary>
    public void Report(ChatRequest request, string name)
    {
        if (Find(name) is not { } entry)
        {
            return;
        }

        var shown = SingleLineText.Quote(name, LongestNamed);
        if (entry.WireName != name)
        {
            request.Note("tools.name", $"sent as {entry.WireName}", $"{shown} is no tool name for the model; calls get it back");
        }

        if (entry.Parameters is not null)
        {
            request.Note("tools.parameters", "names of parameters replaced", $"the model rejects some of {shown}; calls get them back");
        }
    }

    /// <summary>Removes calls of the placeholder tool from a response, and restores the caller's names in the others.</summary>
    public static void Finish(ChatRequest request, ChatResponse response)
    {
        PlaceholderTool.In(request)?.RemoveCalls(response);
        request.ToolNames?.Restore(response);
    }

    /// <summary>Restores the caller's names in the calls of a response.</summary>
    public void Restore(ChatResponse response)
    {
        foreach (var message in response.Messages)
        {
            Restore(message.Contents);
        }
    }

    /// <inheritdoc cref="Restore(ChatResponse)"/>
    public void Restore(List<ChatResponseUpdate> updates)
    {
        foreach (var update in updates)
        {
            Restore(update.Contents);
        }
    }

    private void Restore(IList<AIContent> contents)
    {
        for (var i = 0; i < contents.Count; i++)
        {
            if (contents[i] is FunctionCallContent call && _byWireName.TryGetValue(call.Name, out var entry))
            {
                var arguments = entry.Parameters is { } names && call.Arguments is { } given ? Renamed(given, names) : call.Arguments;
                contents[i] = new FunctionCallContent(call.CallId, entry.Name, arguments)
                {
                    Exception = call.Exception,
                    InformationalOnly = call.InformationalOnly,
                    AdditionalProperties = call.AdditionalProperties,
                    Annotations = call.Annotations,
                    RawRepresentation = call.RawRepresentation,
                };
            }
        }
    }

    private void Add(string name, IReadOnlyDictionary<string, string>? parameters, ToolNaming naming, IList<AITool> tools)
    {
        if (_byName.ContainsKey(name))
        {
            return;
        }

        var wireName = name;
        if (!ToolNameRules.Fits(naming, name))
        {
            var attempt = 0;
            do
            {
                wireName = ToolNameRules.Fit(name, attempt++);
            }
            while (_byWireName.ContainsKey(wireName) || tools.Any(tool => tool.Name == wireName));
        }

        _byWireName[wireName] = _byName[name] = new Entry(name, wireName, parameters);
    }

    private Entry? Find(string name) => _byName.GetValueOrDefault(name);

    private static Dictionary<string, object?> Renamed(IDictionary<string, object?> arguments, IReadOnlyDictionary<string, string> names)
    {
        var renamed = new Dictionary<string, object?>(arguments.Count);
        foreach (var (name, value) in arguments)
        {
            renamed[names.TryGetValue(name, out var other) ? other : name] = value;
        }

        return renamed;
    }

    private sealed record Entry(string Name, string WireName, IReadOnlyDictionary<string, string>? Parameters);
}
