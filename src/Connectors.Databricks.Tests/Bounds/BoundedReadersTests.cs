using System.Text.RegularExpressions;
using Connectors.Databricks.Tests.Architecture;

namespace Connectors.Databricks.Tests.Bounds;

/// <summary>
/// Every place in the source that reads JSON or a list says what bounds it. A new reader fails here until it does: it takes an item budget,
/// checks the document first, or reads what is small or the caller's own.
/// </summary>
public partial class BoundedReadersTests
{
    /// <summary>Signs that the file itself counts, checks or limits what it reads.</summary>
    private static readonly string[] Bounds =
    [
        "ItemBudget", "JsonBounds.Require", "items.Spend", "answer.Items", "intake.Items", "reasoning.Items", "_items",
    ];

    /// <summary>Files whose input is bounded elsewhere, and by what.</summary>
    private static readonly Dictionary<string, string> BoundedElsewhere = new(StringComparer.Ordinal)
    {
        ["Wire/JsonBounds.cs"] = "it is the check",
        ["Wire/JsonReading.cs"] = "each loop takes an item budget",
        ["Wire/JsonValueToWire.cs"] = "writes what the caller gave",
        ["Wire/RequestDocument.cs"] = "writes what the caller gave",
        ["Predictions/Inputs/RecordFrame.cs"] = "writes what the caller gave",
        ["Chat/Completions/Inbound/ChatStreamFromWire.cs"] = "JsonBounds.Require before each event",
        ["Chat/Completions/Inbound/Templates/ChunkTemplateBuilder.cs"] =
            "a chunk that was parsed, and no more slots than ChunkTemplate.MaxSlots",
        ["Chat/Replies/ReplyFacts.cs"] = "kept as JSON, which JsonBounds.Require has counted",
        ["Chat/Responses/Inbound/EventFields.cs"] = "JsonBounds.Require before each event",
        ["Chat/Responses/Inbound/ItemFields.cs"] = "an item of a document or event that was checked",
        ["Chat/Responses/Inbound/PartFields.cs"] = "a part of a document or event that was checked",
        ["Wire/RawJson.cs"] = "one string of a document that was checked",
        ["Chat/Responses/Inbound/ResponseFields.cs"] = "a document or event that was checked",
        ["Agents/Invocations/InvocationOutput.cs"] = "a document that was checked, or an event that was",
        ["Agents/LongRunning/EventHead.cs"] = "one event, which MaxEventBytes bounds; what it does not need is skipped",
        ["Agents/Runs/RunTokenFormat.cs"] = "LongestToken",
        ["Chat/Completions/Inbound/ChoiceFromWire.cs"] = "kept as JSON, which JsonBounds.Require has counted",
        ["Embeddings/Inbound/OtherMembers.cs"] = "MostKept and MostBytes",
        ["Chat/ToolErrorHints.cs"] = "the request, which the caller made",
        ["Transport/RequestSecrets.cs"] = "the request, which the caller made",
        ["Transport/BrokenJson.cs"] = "MaxErrorBytes, and two members",
        ["Transport/ErrorDetails.cs"] = "MaxErrorBytes, or a document that was checked",
        ["Transport/GuardrailFromWire.cs"] = "MaxErrorBytes, or a document that was checked",
        ["Transport/ServiceErrorFromWire.cs"] = "MaxErrorBytes, or a document that was checked",
        ["Wire/OpenTextConverter.cs"] = "one value of a document that was checked",
        ["Wire/PythonContracts.cs"] = "one value of a document that was checked",
        ["Wire/AdjustmentsToWire.cs"] = "what this package noted",
        ["Wire/RequestTags.cs"] = "the options of the caller",
        ["Wire/ServicePolicyFromWire.cs"] = "what this package noted; the object of the service is kept as JSON, which was checked",
        ["Surfaces/WorkspaceNames.cs"] = "a document that WorkspaceDocument checked",
        ["Surfaces/ModelServiceFromWire.cs"] = "WorkspaceNames checks the document",
        ["Discovery/Documents/TolerantReading.cs"] = "a document that was checked",
        ["Sql/AiQuery/AiQueryMembers.cs"] = "one value of a document that was checked",
        ["Sql/Results/CellText.cs"] = "one value of a document that was checked",
        ["Sql/Results/RowReader.cs"] = "a document that was checked; one row at a time",
        ["DatabricksModelFactory.cs"] = "what the caller gave",
        ["Json/DocumentListConverter.cs"] = "items of a document that was checked",
        ["Json/DocumentReading.cs"] = "a document that was checked, or what the caller gave",
        ["Json/TolerantStringConverter.cs"] = "one value of a document that was checked",
        ["DatabricksServingResponse.cs"] = "a body that was checked",
        ["DatabricksPrediction.cs"] = "a document that was checked",
        ["Authentication/Settings/AuthorizationDetailsJson.cs"] = "a setting",
        ["Authentication/Tokens/TokenJson.cs"] = "TokenRequests' LargestBody, and ProgramRunner's LongestOutput",
        ["Authentication/Tokens/OAuthError.cs"] = "TokenRequests' LargestBody",
        ["Authentication/Tokens/WebToken.cs"] = "a token, which TokenRequests' LargestBody bounds",
        ["Authentication/Hosts/HostMetadata.cs"] = "TokenRequests' LargestBody",
        ["Authentication/Sources/ModelServingCredentialSource.cs"] = "a file of the platform's own",
    };

    /// <summary>Folders that read what the caller, a model's arguments or this package itself wrote, and never an answer.</summary>
    private static readonly string[] NoAnswers =
        [
            "Chat/Requests/", "Chat/Completions/Outbound/", "Chat/Responses/Outbound/", "Chat/Shaping/", "TextCompletions/Outbound/",
            "Predictions/Outbound/", "Embeddings/Outbound/",
            "Discovery/Tools/", "Models/", "ModelRecords/", "Batch/Checkpoints/", "Batch/Responses/",
        ];

    [Fact]
    public void Every_reader_is_bounded() => Rule.Holds(Repository.Core.Concat(Repository.Management).SelectMany(Complaints));

    [Fact]
    public void Every_exception_to_the_rule_is_still_a_reader() => Rule.Holds(
        from path in BoundedElsewhere.Keys
        let file = Repository.Core.Concat(Repository.Management).SingleOrDefault(file => Relative(file) == path)
        where file is null || !file.CodeLines.Any(line => Reads().IsMatch(line))
        select $"{path}: it reads no JSON; take it off the list.");

    [Theory]
    [InlineData("while (reader.TokenType != JsonTokenType.EndArray) list.Add(reader.GetString());")]
    [InlineData("foreach (var item in element.EnumerateArray()) list.Add(item);")]
    [InlineData("return JsonSerializer.Deserialize(body, contract);")]
    [InlineData("using var document = JsonDocument.Parse(body);")]
    public void A_reader_without_a_bound_is_named(string code) => Assert.Equal(
        [
            "src/Connectors.Databricks/Chat/A.cs:2: what bounds the items that are read here? Take an ItemBudget, or check the document " +
            "by JsonBounds.",
        ],
        Complaints(new SourceFile("src/Connectors.Databricks/Chat/A.cs", $";\n{code}\n")));

    private static IEnumerable<string> Complaints(SourceFile file)
    {
        var path = Relative(file);
        if (BoundedElsewhere.ContainsKey(path) || NoAnswers.Any(folder => path.StartsWith(folder, StringComparison.Ordinal)) ||
            Bounds.Any(bound => file.CodeLines.Any(line => line.Contains(bound, StringComparison.Ordinal))))
        {
            return [];
        }

        return file.CodeLines.Index()
            .Where(line => Reads().IsMatch(line.Item))
            .Select(
                line =>
                    $"{file.Path}:{line.Index + 1}: what bounds the items that are read here? Take an ItemBudget, or check the document " +
                    "by JsonBounds.");
    }

    private static string Relative(SourceFile file) => string.Join('/', [.. file.Folders, file.Name]);

    [GeneratedRegex(
        @"new Utf8JsonReader\(|EnumerateArray|EnumerateObject|JsonSerializer\.Deserialize|JsonDocument\.Parse|JsonNode\.Parse|" +
        @"JsonElement\.ParseValue|NextElement\(|JsonTokenType\.(?:Start|End)Array")]
    private static partial Regex Reads();
}
