using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Connectors.Databricks.Tests.Fuzz;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Predictions.NonFinite;

/// <summary>
/// Predictions and inputs of random values in every shape, compared with a second reader. Seeded, so that a failure can be repeated.
/// </summary>
public class NonFiniteFuzzTests
{
    private static readonly int Seed = FuzzRun.SeedOf(20261130);

    private static readonly int Rounds = Math.Max(200, FuzzRun.Inputs / 10);

    public static TheoryData<string> Shapes => [.. RandomPrediction.Shapes];

    public static TheoryData<string> Forms =>
        ["table", "records", "record list", "instances", "named instances", "inputs", "named inputs", "json"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task A_prediction_is_read_as_a_second_reader_reads_it(string shape)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var random = new Random(Seed + round);
            var values = new RandomPrediction(random);
            var document = values.Document(shape);
            var expected = document.Find(member => member.Key is "predictions" or "outputs").Value;
            var body = PlainPython.Write(shape == "bare list" ? expected : document, random);
            Assert.Equal(PlainPython.Show(expected), PlainPython.Show(shape == "bare list" ? PlainPython.Read(body) : Result(body)));

            var prediction = await Scoring.Reads(body);

            var message = $"round {round}: {body}";
            Assert.Equal(body, Encoding.UTF8.GetString(prediction.RawResponses[0].Body.Span));
            Same(PlainPython.Show(expected, nonFiniteAsNull: true), Shown(prediction.ToJsonElement()), message);
            if (shape is "scalars" or "bare list")
            {
                var numbers = ((List<object?>)expected!).ConvertAll(number => (double)number!);
                Assert.Equal(numbers, prediction.ReadRows(PredictionJson.Default.Double));
                Assert.Equal(numbers.ConvertAll(Finite), prediction.ReadRows(PredictionJson.Default.NullableDouble));
            }

            if (shape == "records")
            {
                var rows = prediction.ReadRows(MeasuredRowJson.Default.MeasuredRow).Select(row => row.ToPython()).ToList();
                Same(PlainPython.Show(WithoutMissing(expected)), PlainPython.Show(rows), message);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task The_outputs_of_an_agent_are_read_as_a_second_reader_reads_them(string shape)
    {
        for (var round = 0; round < Rounds / 4; round++)
        {
            var random = new Random(Seed + round);
            var outputs = new List<KeyValuePair<string, object?>> { new("value", new RandomPrediction(random).Prediction(shape)) };
            var members = $"\"id\":\"a\",\"custom_outputs\":{PlainPython.Write(outputs, random).ReplaceLineEndings(" ")}";
            const string Message = """{"role":"assistant","id":"m","content":"NaN"}""";

            var response = await Exchange.Reads($"{{{members},\"messages\":[{Message}]}}");
            var streamed = await Exchange.ReadsStream($"{{{members},\"delta\":{Message},\"finish_reason\":\"stop\"}}", "[DONE]");

            foreach (var read in (ChatResponse[])[response, streamed.ToChatResponse()])
            {
                Assert.Equal("NaN", read.Text);
                Same(
                    PlainPython.Show(outputs, nonFiniteAsNull: true), Shown((JsonElement)read.AdditionalProperties!["custom_outputs"]!),
                    $"round {round}: {members}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task An_input_is_sent_as_a_second_reader_reads_it_and_only_where_it_is_allowed(string form)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var (input, member, expected) = Input(form, new RandomPrediction(new Random(Seed + round)));
            var service = new VerbatimService().Answers("""{"predictions":[]}""");

            await service.Client(options => options.SerializerOptions = new JsonSerializerOptions(AIJsonUtilities.DefaultOptions)
            {
                NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            }).PredictAsync(VerbatimService.EndpointName, input);

            var sent = (List<KeyValuePair<string, object?>>)PlainPython.Read(Assert.Single(service.Sent).Body)!;
            Same($"{member} {PlainPython.Show(expected)}", $"{sent[0].Key} {PlainPython.Show(sent[0].Value)}", $"round {round}");
            var isRejected = !form.StartsWith("record", StringComparison.Ordinal) && PlainPython.HasNonFinite(expected);
            var failure = await Record.ExceptionAsync(() => new VerbatimService().Answers("""{"predictions":[]}""").Client()
                .PredictAsync(VerbatimService.EndpointName, Input(form, new RandomPrediction(new Random(Seed + round))).Input));
            Assert.Equal(isRejected, failure is NotSupportedException);
        }
    }

    private static (DatabricksPredictionInput Input, string Member, object? Expected) Input(string form, RandomPrediction values)
    {
        var rows = Enumerable.Range(0, 2).Select(_ => Row(values)).ToList();
        var numbers = new[,] { { values.Number(), values.Number() }, { values.Number(), 1 } };
        var singles = new[] { values.Single(), 0.5f };
        List<object?> matrix = [new List<object?> { numbers[0, 0], numbers[0, 1] }, new List<object?> { numbers[1, 0], 1.0 }];
        List<object?> vector = [(double)singles[0], 0.5];
        var named = new Dictionary<string, DatabricksTensor>
        {
            ["a"] = DatabricksTensor.From(numbers), ["b"] = DatabricksTensor.From(singles),
        };
        var members = rows.ConvertAll(row => (List<KeyValuePair<string, object?>>)row.ToPython()!);
        return form switch
        {
            "table" => Table(values),
            "records" => (
                DatabricksPredictionInput.DataframeSplit(rows, MeasuredRowJson.Default.MeasuredRow), "dataframe_split",
                Split([.. members[0].Select(member => member.Key)], [.. members.Select(row => row.Select(cell => cell.Value).ToList())])),
            "record list" => (
                DatabricksPredictionInput.DataframeRecords(rows, MeasuredRowJson.Default.MeasuredRow), "dataframe_records",
                members.ConvertAll(row => (object?)row)),
            "instances" => (DatabricksPredictionInput.Instances(DatabricksTensor.From(numbers)), "instances", matrix),
            "named instances" => (
                DatabricksPredictionInput.Instances(named), "instances",
                matrix.Zip(vector, (a, b) => (object?)new List<KeyValuePair<string, object?>> { new("a", a), new("b", b) }).ToList()),
            "inputs" => (DatabricksPredictionInput.Inputs(DatabricksTensor.From(singles)), "inputs", vector),
            "named inputs" => (
                DatabricksPredictionInput.Inputs(named), "inputs",
                new List<KeyValuePair<string, object?>> { new("a", matrix), new("b", vector) }),
            _ => (
                DatabricksPredictionInput.Json("inputs", new JsonObject
                {
                    ["a"] = new JsonArray(numbers[0, 0], numbers[0, 1]), ["b"] = singles[0], ["NaN"] = "NaN", ["c"] = null,
                }),
                "inputs",
                new List<KeyValuePair<string, object?>> { new("a", matrix[0]), new("b", vector[0]), new("NaN", "NaN"), new("c", null) }),
        };
    }

    // Cells of plain values: numbers, lists, dictionaries and nodes.
    private static (DatabricksPredictionInput Input, string Member, object? Expected) Table(RandomPrediction values)
    {
        var (number, single, text) = (values.Number(), values.Single(), values.Text());
        List<object?> cells =
        [
            number, single, text, new List<object?> { number, text }, new Dictionary<string, object?> { ["NaN"] = single },
            new JsonArray(number, text), new double[] { number, 1 },
        ];
        string[] columns = [.. cells.Select((_, index) => $"c{index}")];
        return (
            DatabricksPredictionInput.DataframeSplit(columns, [cells]), "dataframe_split",
            Split(columns,
            [
                [
                    number, (double)single, text, new List<object?> { number, text },
                    new List<KeyValuePair<string, object?>> { new("NaN", (double)single) }, new List<object?> { number, text },
                    new List<object?> { number, 1.0 },
                ],
            ]));
    }

    private static List<KeyValuePair<string, object?>> Split(IEnumerable<string> columns, List<List<object?>> rows) =>
    [
        new("columns", columns.Select(column => (object?)column).ToList()),
        new("data", rows.ConvertAll(row => (object?)row)),
    ];

    private static MeasuredRow Row(RandomPrediction values) => new(
        values.Number(), values.Single(), (Half)values.Single(), values.Number(),
        values.Text(), 7, values.Many(() => values.Number()).ConvertAll(number => (double)number!), new() { ["NaN"] = values.Number() });

    // A missing value that is no real number: in a text and in an integer, NaN is read as null.
    private static List<object?> WithoutMissing(object? records) => ((List<object?>)records!).ConvertAll(record =>
        (object?)((List<KeyValuePair<string, object?>>)record!).ConvertAll(member =>
            member is { Key: "text" or "count", Value: double number } && !double.IsFinite(number)
                ? new KeyValuePair<string, object?>(member.Key, null)
                : member));

    private static object? Result(string body) =>
        ((List<KeyValuePair<string, object?>>)PlainPython.Read(body)!).Find(member => member.Key is "predictions" or "outputs").Value;

    private static double? Finite(double number) => double.IsFinite(number) ? number : null;

    private static string Shown(JsonElement element) => PlainPython.Show(PlainPython.Read(element.GetRawText()));

    private static void Same(string expected, string actual, string message) =>
        Assert.True(expected == actual, $"{message}\n{expected}\n{actual}");
}
