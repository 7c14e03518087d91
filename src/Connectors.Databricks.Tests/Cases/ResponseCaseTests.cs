using System.Text.Json;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Cases;

/// <summary>Responses from public bug reports, read by the real client: each id is a test.</summary>
public class ResponseCaseTests
{
    public static TheoryData<string> Answers => Ids(item => item.Expect is { Error: false, Surface: null });

    public static TheoryData<string> Predictions => Ids(item => item.Expect.Surface == "predict");

    public static TheoryData<string> Errors => Ids(item => item.Expect.Error);

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_answer_has_its_values(string id)
    {
        var item = ResponseCase.Of(id);
        using var service = item.Service(calls: 2);

        AssertValues(item.Expect, (await Exchange.Collect(service.Chat())).ToChatResponse());
        if (!item.IsStream)
        {
            AssertValues(item.Expect, await service.Chat().GetResponseAsync(Some.Question()));
        }
    }

    [Theory]
    [MemberData(nameof(Predictions))]
    public async Task A_prediction_has_its_values(string id)
    {
        var item = ResponseCase.Of(id);
        using var service = item.Service();

        var prediction = await service.Client().PredictAsync(VerbatimService.EndpointName, Scoring.OneRow);

        Assert.Equal(item.Expect.Values!, prediction.ReadRows(PredictionJson.Default.NullableDouble));
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task An_error_has_its_values_on_every_surface(string id)
    {
        var item = ResponseCase.Of(id);
        Func<VerbatimService, Task>[] calls = item.IsStream
            ? [service => Exchange.Collect(service.Chat())]
            :
            [
                service => service.Chat().GetResponseAsync(Some.Question()),
                service => Exchange.Collect(service.Chat()),
                service => service.Client().CompleteAsync(VerbatimService.EndpointName, "Hello?"),
                service => service.Client().GetEmbeddingGenerator(VerbatimService.EndpointName).GenerateAsync(["Hello?"]),
                service => service.Client().PredictAsync(VerbatimService.EndpointName, Scoring.OneRow),
            ];
        foreach (var call in calls)
        {
            using var service = item.Service();

            AssertError(item.Expect, await Assert.ThrowsAsync<DatabricksServingException>(() => call(service)));
        }
    }

    private static TheoryData<string> Ids(Func<ResponseCase, bool> isMeant) => [.. ResponseCase.All.Where(isMeant).Select(item => item.Id)];

    private static void AssertValues(ExpectedValues expected, ChatResponse response)
    {
        var contents = response.Messages.SelectMany(message => message.Contents).ToList();
        var calls = contents.OfType<FunctionCallContent>().ToList();
        var reasoning = contents.OfType<TextReasoningContent>().ToList();
        AssertIfSet(expected.Text, response.Text);
        AssertIfSet(expected.Reasoning, string.Concat(reasoning.Select(content => content.Text)));
        AssertIfSet(expected.Finish, response.FinishReason?.Value);
        if (expected.Protected is not null)
        {
            Assert.Contains(
                reasoning, content => content.ProtectedData?.EndsWith($":{expected.Protected}", StringComparison.Ordinal) is true);
        }

        if (expected.Usage is not null)
        {
            Assert.Equal(
                expected.Usage, [response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.TotalTokenCount]);
        }

        if (expected.Cached is not null)
        {
            Assert.Equal(expected.Cached, response.Usage!.CachedInputTokenCount);
        }

        if (expected.Calls is not null)
        {
            Assert.Equal(expected.Calls.Select(call => call[0].GetString()), calls.Select(call => call.Name));
            Assert.All(expected.Calls.Zip(calls), pair => AssertArguments(pair.First[1], pair.Second));
        }

        if (expected.DistinctIds)
        {
            Assert.Equal(calls.Count, calls.Select(call => call.CallId).Where(id => id.Length > 0).Distinct().Count());
        }
    }

    // Null represents arguments that cannot be read: the call then has an exception and must not be invoked.
    private static void AssertArguments(JsonElement expected, FunctionCallContent call)
    {
        if (expected.ValueKind == JsonValueKind.Null)
        {
            Assert.NotNull(call.Exception);
            return;
        }

        Assert.Equal(
            expected.EnumerateObject().Select(member => (member.Name, member.Value.ToString())),
            call.Arguments!.Select(pair => (pair.Key, pair.Value!.ToString()!)));
    }

    private static void AssertError(ExpectedValues expected, DatabricksServingException exception)
    {
        AssertIfSet(expected.Status, (int?)exception.StatusCode);
        AssertIfSet(expected.Code, exception.ErrorCode);
        AssertIfSet(expected.RequestId, exception.RequestId);
        Assert.All(expected.ErrorHas ?? [], words => Assert.Contains(words, exception.Message));
    }

    private static void AssertIfSet<T>(T? expected, T? actual)
    {
        if (expected is not null)
        {
            Assert.Equal(expected, actual);
        }
    }
}
