// The app that the JavaScript clients call: the OpenAI-compatible routes in front of DATABRICKS_HOST. It ends when its input does.
var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseUrls("http://127.0.0.1:0");

// A client retries by itself, and a check of its errors is not to wait.
builder.Services.AddDatabricksServing(options => options.Resilience.Retry = null);
var app = builder.Build();
app.MapOpenAICompatibility("/v1", options =>
{
    options.AllowAnyEndpoint = true;
    options.FirstUpdateGracePeriod = app.Configuration.GetValue("FirstUpdateGracePeriod", options.FirstUpdateGracePeriod);
}).AllowAnonymous();
await app.StartAsync().ConfigureAwait(false);
Console.WriteLine($"LISTENING {app.Urls.First()}");
await Console.In.ReadToEndAsync().ConfigureAwait(false);
await app.StopAsync().ConfigureAwait(false);
