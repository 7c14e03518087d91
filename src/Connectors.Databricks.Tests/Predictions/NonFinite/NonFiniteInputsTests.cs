using System.Text.Json;
using System.Text.Json.Serialization;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Predictions.NonFinite;

/// <summary>
/// NaN and infinity in inputs: sent as Python reads them when the serializer options allow named literals, and rejected otherwise.
/// </summary>
public class NonFiniteInputsTests
{
    public static TheoryData<DatabricksPredictionInput, string> Inputs => new()
    {
        {
            DatabricksPredictionInput.DataframeSplit(["a", "b"], [[double.NaN, "NaN"], [float.PositiveInfinity, 1.5]]),
            """{"dataframe_split":{"columns":["a","b"],"data":[[NaN,"NaN"],[Infinity,1.5]]}}"""
        },
        {
            DatabricksPredictionInput.Instances(DatabricksTensor.From(new[] { double.NaN, double.NegativeInfinity, 0.5 })),
            """{"instances":[NaN,-Infinity,0.5]}"""
        },
        {
            DatabricksPredictionInput.Inputs(DatabricksTensor.From(new[,] { { float.NaN, 1f } })),
            """{"inputs":[[NaN,1]]}"""
        },
        {
            DatabricksPredictionInput.DataframeSplit([new Measured(double.NaN, null, "NaN")], MeasuredJson.Default.Measured),
            """{"dataframe_split":{"columns":["value","error","note"],"data":[[NaN,null,"NaN"]]}}"""
        },
    };

    [Theory]
    [MemberData(nameof(Inputs))]
    public async Task They_are_sent_as_Python_reads_them(DatabricksPredictionInput input, string request)
    {
        var service = new VerbatimService().Answers("""{"predictions":[]}""");
        var client = service.Client(options => options.SerializerOptions = new JsonSerializerOptions(AIJsonUtilities.DefaultOptions)
        {
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        });

        await client.PredictAsync(VerbatimService.EndpointName, input);

        Assert.Equal(request, Assert.Single(service.Sent).Body);
    }

    [Fact]
    public async Task They_are_rejected_by_default() => Assert.Contains(
        "NaN",
        (await Scoring.Refusal<NotSupportedException>(
            DatabricksPredictionInput.Instances(DatabricksTensor.From(new[] { double.NaN })))).Message);
}

/// <summary>A row whose contract allows NaN.</summary>
internal sealed record Measured(double Value, float? Error, string Note);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(Measured))]
internal sealed partial class MeasuredJson : JsonSerializerContext;
