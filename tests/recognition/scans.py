"""Made-up scans: pages whose words are known."""

from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

FONT = "/usr/share/fonts/truetype/liberation2/LiberationSerif-{}.ttf"
TEXT = (
    "Viện kiểm sát nhân dân tỉnh báo cáo kết quả công tác thực hành quyền công tố và kiểm sát xét xử các vụ án hình sự"
    " trong sáu tháng đầu năm, phương hướng nhiệm vụ sáu tháng cuối năm. Các đồng chí Kiểm sát viên đã kiểm sát chặt"
    " chẽ việc khởi tố, điều tra, truy tố, bảo đảm đúng người, đúng tội, đúng pháp luật, không để xảy ra oan sai."
)
INK, RED = (25, 25, 25), (205, 30, 35)


def page(count: int = 60, *, skew: float = 0, seal: bool = False, stamp: str = "", size=(1240, 1754)) -> Image.Image:
    """A page of so many words at 150 dots an inch, turned, with grain; a red seal over them, a red stamp above."""
    picture = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(picture)
    text, large = ImageFont.truetype(FONT.format("Regular"), 28), ImageFont.truetype(FONT.format("Bold"), 46)
    x, y = 140.0, 380.0
    for word in words(count):
        wide = pen.textlength(word + " ", font=text)
        if x + wide > size[0] - 110:
            x, y = 140.0, y + 40
        pen.text((x, y), word, font=text, fill=INK)
        x += wide
    if stamp:
        pen.rectangle((140, 220, 160 + pen.textlength(stamp, font=large) + 20, 295), outline=RED, width=4)
        pen.text((160, 228), stamp, font=large, fill=RED)
    if seal:  # its ink lets the text through
        over = Image.new("RGB", size, "white")
        for ring in (0, 40):
            around = (640 + ring, 400 + ring, 940 - ring, 700 - ring)
            ImageDraw.Draw(over).ellipse(around, outline=RED, width=9)
        picture = ImageChops.multiply(picture, over)
    turned = picture.rotate(skew, Image.Resampling.BICUBIC, fillcolor="white")
    return Image.blend(turned, Image.effect_noise(size, 25).convert("RGB"), 0.06) if count or stamp else turned


def words(count: int) -> list[str]:
    return [TEXT.split()[n % len(TEXT.split())] for n in range(count)]


def pdf(path: Path, pages: list[Image.Image]) -> Path:
    """The pages as a scanner saves them: pictures, no words."""
    pages[0].save(path, "PDF", resolution=150, save_all=True, append_images=pages[1:], quality=85)
    return path
