using System.Net;
using System.Text;
using Connectors.Databricks.Authentication.Platform;

namespace Connectors.Databricks.Tests.TestServices;

/// <summary>
/// An in-memory platform: environment variables, files, programs and token services that a test sets up. A request without a configured
/// response fails the test.
/// </summary>
internal sealed class FakePlatform : IPlatform
{
    public const string Home = "/home/someone";

    private readonly Dictionary<string, Queue<Func<CancellationToken, Task<HttpResponseMessage>>>> _answers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<ProgramCall, ProgramResult>> _programs = new(StringComparer.Ordinal);
    private readonly List<SentRequest> _sent = [];
    private readonly List<ProgramCall> _runs = [];

    public FakeClock Clock { get; } = new();

    TimeProvider IPlatform.Clock => Clock;

    public bool IsWindows { get; init; }

    public string HomeFolder { get; init; } = Home;

    public Dictionary<string, string> Variables { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Texts by path.</summary>
    public Dictionary<string, string> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Files that are there and cannot be read, and why.</summary>
    public Dictionary<string, Exception> Unreadable { get; } = new(StringComparer.Ordinal);

    /// <summary>The jitter's chance; 0 makes every delay the shortest.</summary>
    public double Chance { get; set; }

    /// <summary>The token requests that were sent, in order.</summary>
    public IReadOnlyList<SentRequest> Sent
    {
        get
        {
            lock (_sent)
            {
                return [.. _sent];
            }
        }
    }

    /// <summary>The programs that were run, in order.</summary>
    public IReadOnlyList<ProgramCall> Runs
    {
        get
        {
            lock (_runs)
            {
                return [.. _runs];
            }
        }
    }

    /// <summary>The configuration file at its usual place.</summary>
    public FakePlatform ConfigFile(string text)
    {
        Files[$"{Home}/.databrickscfg"] = text;
        return this;
    }

    public FakePlatform With(string variable, string value)
    {
        Variables[variable] = value;
        return this;
    }

    /// <summary>The next request to the address gets this; the last answer to an address is given again and again.</summary>
    public FakePlatform Answers(
        string address, string body, HttpStatusCode status = HttpStatusCode.OK, params (string Name, string Value)[] headers) =>
        Answers(address, _ =>
        {
            var response = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            foreach (var (name, value) in headers)
            {
                response.Headers.TryAddWithoutValidation(name, value);
            }

            return Task.FromResult(response);
        });

    /// <summary>The next request to the address fails below HTTP.</summary>
    public FakePlatform Breaks(string address, Exception exception) =>
        Answers(address, _ => Task.FromException<HttpResponseMessage>(exception));

    /// <summary>The next request to the address is handled by the test.</summary>
    public FakePlatform Answers(string address, Func<CancellationToken, Task<HttpResponseMessage>> answer)
    {
        if (!_answers.TryGetValue(address, out var queue))
        {
            _answers[address] = queue = new Queue<Func<CancellationToken, Task<HttpResponseMessage>>>();
        }

        queue.Enqueue(answer);
        return this;
    }

    /// <summary>Installs a program at a path.</summary>
    public FakePlatform Program(string path, Func<ProgramCall, ProgramResult> run)
    {
        _programs[path] = run;
        return this;
    }

    /// <summary>Teaches a program one more answer; to what it was not taught it has nothing to say.</summary>
    public FakePlatform Says(string path, string arguments, string output)
    {
        var before = _programs.GetValueOrDefault(
            path, call => new ProgramResult(1, string.Empty, $"nothing to say to '{string.Join(' ', call.Arguments)}'"));
        return Program(
            path, call => string.Join(' ', call.Arguments) == arguments ? new ProgramResult(0, output, string.Empty) : before(call));
    }

    string? IPlatform.Variable(string name) => Variables.GetValueOrDefault(name);

    // Programs are large files.
    long? IPlatform.FileSize(string path) => Unreadable.ContainsKey(path) ? 1 : Files.TryGetValue(
        path, out var text) ? text.Length : _programs.ContainsKey(path) ? 50_000_000 : null;

    string IPlatform.ReadFile(string path) =>
        Unreadable.TryGetValue(path, out var why) ? throw why
        : Files.TryGetValue(path, out var text) ? text
        : throw new FileNotFoundException($"No file '{path}'.");

    Task<ProgramResult> IPlatform.RunAsync(ProgramCall call, CancellationToken cancellationToken)
    {
        lock (_runs)
        {
            _runs.Add(call);
        }

        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult(_programs[call.Path](call));
        }
        catch (Exception exception)
        {
            return Task.FromException<ProgramResult>(exception);
        }
    }

    async Task<HttpResponseMessage> IPlatform.SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? string.Empty : await request.Content.ReadAsStringAsync(cancellationToken);
        var headers = request.Headers.NonValidated.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        Func<CancellationToken, Task<HttpResponseMessage>>? answer;
        lock (_sent)
        {
            _sent.Add(new SentRequest(request.Method.Method, request.RequestUri!.AbsoluteUri, headers, body)
            {
                ContentType = request.Content?.Headers.ContentType?.ToString(),
            });
            answer = Answer(request.RequestUri.AbsoluteUri) ?? Answer(request.RequestUri.GetLeftPart(UriPartial.Path));
        }

        return answer is null
            ? throw new InvalidOperationException($"Nothing answers {request.Method} {request.RequestUri}.")
            : await answer(cancellationToken);
    }

    double IPlatform.NextRandom() => Chance;

    private Func<CancellationToken, Task<HttpResponseMessage>>? Answer(string address) =>
        !_answers.TryGetValue(address, out var queue) ? null : queue.Count > 1 ? queue.Dequeue() : queue.Peek();

    /// <summary>One token request as it was sent.</summary>
    public sealed record SentRequest(string Method, string Address, IReadOnlyDictionary<string, string> Headers, string Body)
    {
        public string? ContentType { get; init; }

        /// <summary>The whole request as a text: the first line, the headers by name, an empty line and the body.</summary>
        public string Text
        {
            get
            {
                var lines = Headers.Select(header => $"{header.Key}: {header.Value}").ToList();
                if (ContentType is not null)
                {
                    lines.Add($"Content-Type: {ContentType}");
                }

                return $"{Method} {Address}\n{string.Join('\n', lines.Order(StringComparer.Ordinal))}\n\n{Body}".TrimEnd('\n');
            }
        }
    }
}
