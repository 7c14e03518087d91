using System.Text.Json.Nodes;

namespace Connectors.Databricks.AspNetCore.Tests.ServingEndpoints;

/// <summary>Bad and hostile requests: each is a problem that names the member, and none reaches the model.</summary>
public class InvalidPredictionTests
{
    public static TheoryData<string, string, string[]> Requests => new()
    {
        { "", "invalid_json", [] },
        { "[]", "invalid_json", [] },
        { "{\"inputs\":", "invalid_json", [] },
        { """{"inputs":[],"inputs":[]}""", "invalid_json", [] },
        { $"{{\"inputs\":{new string('[', 100)}{new string(']', 100)}}}", "invalid_json", [] },
        { """{"inputs":[{"\ud800":1}]}""", "invalid_json", [] },
        { "{}", "missing_required_parameter", ["dataframe_split: Missing required parameter: 'dataframe_split'."] },
        { """{"inputs":null}""", "missing_required_parameter", ["dataframe_split: Missing required parameter: 'dataframe_split'."] },
        { """{"inputs":[],"instances":[]}""", "invalid_value", ["inputs: The request has more than one input format."] },
        { """{"messages":[]}""", "unknown_parameter", ["messages: Unknown parameter: 'messages'."] },
        { """{"dataframe_split":[]}""", "invalid_type",
            ["dataframe_split: Invalid 'dataframe_split': expected an object with 'columns' and 'data'."] },
        { """{"dataframe_records":{}}""", "invalid_type", ["dataframe_records: Invalid 'dataframe_records': expected an array."] },
        { """{"instances":"x"}""", "invalid_type", ["instances: Invalid 'instances': expected an array."] },
        { """{"inputs":[],"params":7}""", "invalid_type", ["params: Invalid 'params': expected an object."] },
        { """{"dataframe_split":{}}""", "invalid_input", ["dataframe_split.data: Expected an array of rows."] },
        { """{"dataframe_split":{"columns":"tenure","data":[]}}""", "invalid_input",
            ["dataframe_split.columns: Expected an array of strings."] },
        { """{"dataframe_split":{"columns":["tenure","\ud800"],"data":[]}}""", "invalid_input",
            ["dataframe_split.columns: The column 'monthly_charges' is missing."] },
        { """{"dataframe_split":{"columns":["tenure","charges"],"data":[[1,2]]}}""", "invalid_input",
            ["dataframe_split.columns: The column 'monthly_charges' is missing."] },
        { """{"dataframe_split":{"columns":["tenure","monthly_charges"],"data":[[1,2],[1],7]}}""", "invalid_input",
            ["dataframe_split.data[1]: Expected an array of 2 values, one for each column.",
                "dataframe_split.data[2]: Expected an array of 2 values, one for each column."] },
        { """{"dataframe_split":{"columns":["tenure","monthly_charges"],"data":[[1,"secret"],[true,2]]}}""", "invalid_input",
            ["dataframe_split.data[0][1]: Expected monthly_charges: number (double).",
                "dataframe_split.data[1][0]: Expected tenure: number (double)."] },
        { """{"dataframe_records":[{"tenure":1},[1,2]]}""", "invalid_input",
            ["dataframe_records[0].monthly_charges: The column 'monthly_charges' is missing.",
                "dataframe_records[1]: Expected an object with a member for each column."] },
        { """{"inputs":{"tenure":[1,[2,"secret"]]}}""", "invalid_input",
            ["inputs.tenure[1][1]: Expected tenure: number (double).",
                "inputs.monthly_charges: The column 'monthly_charges' is missing."] },
        { """{"instances":[{"tenure":{},"monthly_charges":"secret"}]}""", "invalid_input",
            ["instances[0].monthly_charges: Expected monthly_charges: number (double)."] },
        { """{"inputs":[[1,2]],"params":{"decimals":"secret","temperature":1}}""", "invalid_input",
            ["params.decimals: Expected decimals: integer (int64).", "params: Unknown parameter. Known: decimals."] },
    };

    [Theory, MemberData(nameof(Requests))]
    public async Task A_request_is_rejected_with_the_members_that_are_wrong(string body, string code, string[] errors)
    {
        await using var app = await ServingApp.StartAsync();

        var (status, json) = await app.PostAsync(ServingApp.Predict, body);

        Assert.Equal((400, code), (status, (string?)json["code"]));
        Assert.Equal(errors, ServingApp.Errors(json));
        Assert.DoesNotContain("secret", json.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(app.Emulator.Requests, request => request.Method == "POST");
    }

    [Theory]
    [InlineData("{}", "missing_required_parameter", "items")]
    [InlineData("""{"items":[]}""", "empty_array", "items")]
    [InlineData("""{"items":{}}""", "invalid_type", "items")]
    [InlineData("""{"items":[{},{},{},{}]}""", "array_above_max_length", "items")]
    [InlineData("""{"items":[{}],"inputs":[]}""", "unknown_parameter", "inputs")]
    public async Task A_batch_is_rejected_as_a_whole(string body, string code, string member)
    {
        await using var app = await ServingApp.StartAsync(options =>
        {
            options.AllowAnyEndpoint = true;
            options.MaxBatchItems = 3;
        });

        var (status, json) = await app.PostAsync(ServingApp.BatchPredict, body);

        Assert.Equal((400, code, member), (status, (string?)json["code"], json["errors"]!.AsObject().Single().Key));
        Assert.Empty(app.Emulator.Requests);
    }

    [Fact]
    public async Task A_table_of_wrong_values_has_a_bounded_list_of_errors()
    {
        await using var app = await ServingApp.StartAsync();
        var rows = string.Join(',', Enumerable.Repeat("[\"a\",\"b\"]", 1_000));

        var (_, json) = await app.PostAsync(
            ServingApp.Predict, $$$"""{"dataframe_split":{"columns":["tenure","monthly_charges"],"data":[{{{rows}}}]}}""");

        Assert.Equal(20, json["errors"]!.AsObject().Count);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_body_is_bounded_with_and_without_a_length(bool isChunked)
    {
        await using var app = await ServingApp.StartAsync(options =>
        {
            options.AllowAnyEndpoint = true;
            options.MaxRequestBytes = 100;
        });
        var body = $$"""{"inputs":[{{string.Join(',', Enumerable.Repeat("1", 200))}}]}""";
        foreach (var path in (string[])[ServingApp.Predict, ServingApp.BatchPredict])
        {
            using var response = isChunked ? await app.SendChunkedAsync(path, body) : await app.SendAsync(path, body);

            var json = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            Assert.Equal(
                (413, "request_too_large", true), ((int)response.StatusCode, (string?)json["code"], response.Headers.ConnectionClose));
        }

        Assert.Empty(app.Emulator.Requests);
    }

    [Theory]
    [InlineData(ServingApp.Predict), InlineData(ServingApp.BatchPredict)]
    public async Task Text_that_is_not_UTF_8_is_rejected(string path)
    {
        await using var app = await ServingApp.StartAsync();
        using var content = new ByteArrayContent([.. "{\"inputs\":[{\""u8, 0xff, .. "\":1}]}"u8]);
        content.Headers.ContentType = new("application/json");
        using var response = await app.Http.PostAsync(new Uri(path, UriKind.Relative), content);

        Assert.Equal(
            (400, "invalid_json"),
            ((int)response.StatusCode, (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["code"]));
    }

    [Theory, InlineData("text/plain"), InlineData("application/x-www-form-urlencoded")]
    public async Task Only_JSON_is_accepted(string contentType)
    {
        await using var app = await ServingApp.StartAsync();
        using var content = new StringContent(ServingApp.Rows);
        content.Headers.ContentType = new(contentType);
        using var response = await app.Http.PostAsync(new Uri(ServingApp.Predict, UriKind.Relative), content);

        Assert.Equal(415, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("databricks-claude-sonnet-4-5"), InlineData("databricks-gte-large-en"), InlineData("responses-agent")]
    public async Task An_endpoint_for_chat_or_embeddings_takes_no_tables(string endpoint)
    {
        await using var app = await ServingApp.StartAsync();
        app.Emulator.AddAgentEndpoint("responses-agent", Emulator.EmulatedAgentKind.ResponsesAgent);

        var (status, json) = await app.PostAsync($"/serving-endpoints/{endpoint}/predict", ServingApp.Rows);

        Assert.Equal((400, "unsupported_parameter"), (status, (string?)json["code"]));
        Assert.DoesNotContain(app.Emulator.Requests, request => request.Method == "POST");
    }

    [Fact]
    public async Task The_service_alone_validates_inputs_if_the_app_turns_validation_off()
    {
        await using var app = await ServingApp.StartAsync(options =>
        {
            options.AllowAnyEndpoint = true;
            options.ValidateInput = false;
        });

        var (status, json) = await app.PostAsync(ServingApp.Predict, """{"dataframe_records":[{"tenure":1}]}""");

        Assert.Equal((400, "invalid_request", 1), (status, (string?)json["code"], app.Count("POST", "/invocations")));
    }
}
